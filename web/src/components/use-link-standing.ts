import { useQuery } from '@tanstack/react-query';

import { lastfmAccountQuery } from '../api/queries';

export type LinkStanding = 'unknown' | 'not-linked' | 'rejected' | 'disabled' | 'ready';

/** Whether scrobbles can reach Last.fm, and what is missing. */
export function useLinkStanding(): LinkStanding {
  const { data: account } = useQuery(lastfmAccountQuery);
  if (account === undefined) {
    return 'unknown';
  }
  if (account === null) {
    return 'not-linked';
  }
  if (account.state === 'rejected') {
    return 'rejected';
  }
  return account.scrobblingEnabled ? 'ready' : 'disabled';
}
