import { groupBy } from '../../../common/collections/group-by.js';
import type { RecentTrack } from '../../lastfm/index.js';
import { matchKey } from '../../playlists/index.js';
import type { LeasedDelivery } from './lane-lease.js';

type Sent = Pick<LeasedDelivery, 'artist' | 'title' | 'playedAt'>;
type Named = Pick<RecentTrack, 'artist' | 'title'>;

const uts = ({ playedAt }: Sent): number => Math.floor(playedAt.getTime() / 1000);

const isSameName = (one: Named, other: Named): boolean =>
  matchKey(one.artist, one.title) === matchKey(other.artist, other.title);
/** Artists are corrected far more often than titles. */
const isSameTitle = (one: Named, other: Named): boolean => matchKey('', one.title) === matchKey('', other.title);

/**
 * Which of these deliveries stand in the recent tracks, and as what. The start second decides, since Last.fm corrects
 * names; the plays of one second are told apart by their names as far as those go.
 * @param settled what of the account was accepted before: its tracks are not evidence for anything else
 * @returns for each delivery its track, or null
 */
export function findLanded(
  deliveries: readonly Sent[],
  recent: readonly RecentTrack[],
  settled: readonly RecentTrack[] = [],
): Array<RecentTrack | null> {
  const [tracks, known] = [groupBy(recent, (track) => track.uts), groupBy(settled, (track) => track.uts)];
  const found = new Map<Sent, RecentTrack | null>();
  for (const [second, plays] of groupBy(deliveries, uts)) {
    const before = known.get(second) ?? [];
    const paired = pair([...before, ...plays], tracks.get(second) ?? []);
    plays.forEach((play, index) => found.set(play, paired[before.length + index] ?? null));
  }
  return deliveries.map((delivery) => found.get(delivery) ?? null);
}

/** What is left when the names have been compared is one and the same where it is equally much; otherwise nobody knows. */
function pair(plays: readonly Named[], tracks: readonly RecentTrack[]): Array<RecentTrack | null> {
  const left = [...tracks];
  const paired: Array<RecentTrack | null> = plays.map(() => null);
  for (const isAlike of [isSameName, isSameTitle]) {
    plays.forEach((play, index) => {
      paired[index] ??= take(left, (track) => isAlike(play, track));
    });
  }
  const isEqual = left.length === paired.filter((track) => track === null).length;
  return isEqual ? paired.map((track) => track ?? left.shift() ?? null) : paired;
}

function take(tracks: RecentTrack[], isWanted: (track: RecentTrack) => boolean): RecentTrack | null {
  const at = tracks.findIndex(isWanted);
  return at < 0 ? null : (tracks.splice(at, 1)[0] ?? null);
}
