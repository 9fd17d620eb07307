import { useQuery } from '@tanstack/react-query';

import { lastfmAccountQuery } from '../../api/queries';
import { paths } from '../../paths';
import { texts } from '../../texts';
import { TextLink } from '../links';
import classes from './shell.module.css';

/** On every page while Last.fm refuses our access: only the user can mend that. */
export function RejectedBanner() {
  const { data: account } = useQuery(lastfmAccountQuery);
  if (account?.state !== 'rejected') {
    return null;
  }
  return (
    <div className={`${classes.banner ?? ''} ${classes.rejected ?? ''}`} role="alert">
      <span>{texts.shell.rejectedBanner(account.username)}</span>
      <TextLink to={paths.lastfm} inherit>
        {texts.shell.linkAgain}
      </TextLink>
    </div>
  );
}
