import { useQuery } from '@tanstack/react-query';

import { installationQuery, lastfmAccountQuery } from '../../api/queries';
import { texts } from '../../texts';
import classes from './shell.module.css';

/** On every page, so that nobody takes the stand-in for the real Last.fm. */
export function SandboxBanner({ isSignedIn }: { isSignedIn: boolean }) {
  const { data: installation } = useQuery(installationQuery);
  const { data: account } = useQuery({ ...lastfmAccountQuery, enabled: isSignedIn });
  if (!installation?.lastfm.isSandbox) {
    return null;
  }
  const { origin } = installation.lastfm;
  return (
    <aside className={`${classes.banner ?? ''} ${classes.sandbox ?? ''}`} aria-label="Sandbox">
      <span>{texts.shell.sandboxBanner}</span>
      <a
        href={account ? `${origin}/user/${encodeURIComponent(account.username)}` : origin}
        target="_blank"
        rel="noreferrer"
      >
        {account ? texts.shell.sandboxProfile(account.username) : texts.shell.sandboxOrigin}
      </a>
    </aside>
  );
}
