import { useQuery } from '@tanstack/react-query';

import { installationQuery } from '../../api/queries';
import { texts } from '../../texts';
import { formatExact } from '../../ui/format';
import classes from './shell.module.css';

/** On every page while nobody's scrobbles are sent: otherwise each would look for the fault in their own account. */
export function HaltBanner() {
  const { data: installation } = useQuery(installationQuery);
  const halt = installation?.lastfm.halt;
  if (!halt) {
    return null;
  }
  return (
    <div className={`${classes.banner ?? ''} ${classes.rejected ?? ''}`} role="alert" title={halt.reason}>
      <span>{texts.shell.haltBanner(formatExact(halt.until))}</span>
    </div>
  );
}
