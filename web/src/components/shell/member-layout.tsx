import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation } from '@tanstack/react-router';

import { meQuery } from '../../api/queries';
import { LiveProvider } from '../../live/live-provider';
import { paths } from '../../paths';
import { MemberBar } from './member-bar';
import { RejectedBanner } from './rejected-banner';
import { Shell } from './shell';

/** Around every page of a signed-in user; back to the sign-in as soon as they no longer are. */
export function MemberLayout() {
  const { data: me } = useQuery(meQuery);
  const next = useLocation({ select: ({ href }) => href });
  if (!me) {
    return <Navigate to={paths.signIn} search={next === paths.home ? {} : { next }} />;
  }
  return (
    <LiveProvider>
      <Shell member={{ bar: <MemberBar me={me} />, notice: <RejectedBanner /> }}>
        <Outlet />
      </Shell>
    </LiveProvider>
  );
}
