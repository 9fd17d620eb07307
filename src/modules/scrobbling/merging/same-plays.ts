import type { ScrobbleId } from '../../../common/ids.js';
import type { DeliveryState } from '../delivery/delivery-state.js';
import { isSamePlay, shorterOf } from '../ledger/duplicate-rule.js';

/** A play of one of two users who become one. */
export interface MergedPlay {
  id: ScrobbleId;
  playedAtSeconds: number;
  durationSeconds: number | null;
  state: DeliveryState;
  /** Of the side whose Last.fm account goes. */
  goes: boolean;
}

/** Plays of the same track of one and the other user, within reach of each other. */
export type MergedPair = readonly [MergedPlay, MergedPlay];

/** The lower the better: what has arrived, is on its way, waits, or is too old for it. */
const RANK: Partial<Record<DeliveryState, number>> = { accepted: 0, sending: 1, queued: 2, held: 2, archived: 9 };
/** What waits for the account that stays comes before what has arrived at the one that goes. */
const OF_ACCOUNT_THAT_GOES = 3;

const rank = ({ state, goes }: MergedPlay): number => (RANK[state] ?? 10) + (goes ? OF_ACCOUNT_THAT_GOES : 0);

const areSame = ([one, other]: MergedPair): boolean =>
  isSamePlay(one.playedAtSeconds - other.playedAtSeconds, shorterOf(one.durationSeconds, other.durationSeconds));

/** Of plays that are the same, which one stays, and which ones are duplicates of it: by duplicate, its original. */
export function resolveSamePlays(pairs: readonly MergedPair[]): Map<ScrobbleId, ScrobbleId> {
  const same = pairs.filter(areSame);
  const plays = new Map(same.flat().map((play) => [play.id, play]));
  const partners = new Map<ScrobbleId, ScrobbleId[]>();
  for (const [one, other] of same) {
    partners.set(one.id, [...(partners.get(one.id) ?? []), other.id]);
    partners.set(other.id, [...(partners.get(other.id) ?? []), one.id]);
  }
  const bestFirst = [...plays.values()].sort(
    (one, other) =>
      rank(one) - rank(other) || one.playedAtSeconds - other.playedAtSeconds || (one.id < other.id ? -1 : 1),
  );
  const originals = new Set<ScrobbleId>();
  const duplicates = new Map<ScrobbleId, ScrobbleId>();
  for (const { id } of bestFirst) {
    const original = partners.get(id)?.find((partner) => originals.has(partner));
    if (original) {
      duplicates.set(id, original);
    } else {
      originals.add(id);
    }
  }
  return duplicates;
}
