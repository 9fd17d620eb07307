import { IconBrandLastfm, IconChartBar, IconHistory, IconHome, IconPlaylist, IconRepeat } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';

import type { Me } from '../../api/models';
import { useLiveState } from '../../live/live-provider';
import { paths } from '../../paths';
import { texts } from '../../texts';
import classes from './shell.module.css';

const MemberTools = lazy(async () => ({ default: (await import('./member-tools')).MemberTools }));
const PLACES = [
  { to: paths.home, label: texts.shell.home, Icon: IconHome },
  { to: paths.playlists, label: texts.shell.playlists, Icon: IconPlaylist },
  { to: paths.autoScrobble, label: texts.shell.autoScrobble, Icon: IconRepeat },
  { to: paths.history, label: texts.shell.history, Icon: IconHistory },
  { to: paths.statistics, label: texts.shell.statistics, Icon: IconChartBar },
  { to: paths.lastfm, label: texts.shell.lastfm, Icon: IconBrandLastfm },
];

export function MemberBar({ me }: { me: Me }) {
  return (
    <>
      <nav className={classes.nav} aria-label={texts.shell.mainNavigation}>
        {PLACES.map(({ to, label, Icon }) => (
          <Link key={to} to={to} activeOptions={{ exact: to === paths.home, includeSearch: false }}>
            <Icon size={18} stroke={1.75} aria-hidden />
            {label}
          </Link>
        ))}
      </nav>
      <div className={classes.tools}>
        <LiveIndicator />
        <div className={classes.menus}>
          <Suspense>
            <MemberTools me={me} />
          </Suspense>
        </div>
      </div>
    </>
  );
}

function LiveIndicator() {
  const state = useLiveState();
  if (state === null || state === 'connecting') {
    return null;
  }
  const isLive = state === 'live';
  return (
    <span
      className={classes.live}
      data-live={state}
      role="status"
      title={isLive ? texts.shell.liveHint : texts.shell.reconnectingHint}
    >
      {isLive ? texts.shell.live : texts.shell.reconnecting}
    </span>
  );
}
