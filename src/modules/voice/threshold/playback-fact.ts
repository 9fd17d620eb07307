/**
 * Something a player saw.
 * - `node_failed`: the music stopped because whatever plays it broke; `resumed` when it goes on
 * - `returned`: the player was away (restarted) and the music plays on; what happened meanwhile, nobody saw
 * - `moved`: the player was moved to another channel, with these people in it
 */
export type FactKind =
  | 'started'
  | 'paused'
  | 'resumed'
  | 'seeked'
  | 'node_failed'
  | 'returned'
  | 'moved'
  | 'ended'
  | 'joined'
  | 'left'
  | 'deafened'
  | 'undeafened';

export const END_REASONS = [
  'finished',
  'skipped',
  'stopped',
  'replaced',
  'bot_disconnected',
  'node_failed',
  'player_silent',
] as const;
/** Why a playback is over. `player_silent`: nothing was heard of the player any more. */
export type EndReason = (typeof END_REASONS)[number];

export interface PlaybackFact {
  kind: FactKind;
  atMs: number;
  /** Whom it is about: one person, or of `started`, `returned` and `moved` everyone there. */
  listeners: readonly string[];
  /** Of these the ones who hear nothing. */
  deafened: readonly string[];
  /** Of `returned`: until when the music was seen to play. */
  sinceMs: number | null;
  /** Of `ended`. */
  endedBecause: EndReason | null;
}

/** In the order in which they happened, however they came in; of two at the same moment the one that came first. */
export function inOrder(facts: readonly PlaybackFact[]): PlaybackFact[] {
  const rank = ({ kind }: PlaybackFact): number => (kind === 'started' ? 0 : 1);
  return facts.toSorted((one, other) => rank(one) - rank(other) || one.atMs - other.atMs);
}
