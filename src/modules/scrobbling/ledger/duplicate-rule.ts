/** Two starts of one track within this many seconds are one play, seen twice. */
export const SAME_PLAY_SECONDS = 30;

/**
 * Whether two plays of the same track, started this many seconds apart, are one. A track that is shorter than 30 seconds
 * may really start again once it has ended.
 */
export function isSamePlay(secondsApart: number, durationSeconds: number | null): boolean {
  const apart = Math.abs(secondsApart);
  return apart <= SAME_PLAY_SECONDS && (durationSeconds === null || apart === 0 || apart < durationSeconds);
}

/** Two sources may know different lengths of one track, or one of them none. */
export const shorterOf = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);
