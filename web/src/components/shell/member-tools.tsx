import type { Me } from '../../api/models';
import { AccountMenu } from './account-menu';
import { NotificationBell } from './notification-bell';

/** What opens over the page; fetched after it, since nobody needs it at first. */
export function MemberTools({ me }: { me: Me }) {
  return (
    <>
      <NotificationBell />
      <AccountMenu me={me} />
    </>
  );
}
