export const THRESHOLD_POLICIES = ['quick', 'lastfm'] as const;
/** When a track in a voice channel counts as heard. A server picks one. */
export type ThresholdPolicy = (typeof THRESHOLD_POLICIES)[number];

const QUICK_MS = 30_000;
const LASTFM_SHORTEST_SECONDS = 30;
const LASTFM_MS = 240_000;

/**
 * How many milliseconds of a track have to be heard.
 * - `quick`: 30 seconds or half of the track, whichever comes first
 * - `lastfm`: half of it or 4 minutes, whichever comes first, of a track longer than 30 seconds
 *
 * @param durationSeconds null: unknown, as of a stream, which is taken for a long track
 * @returns null: a track this short never counts
 * @see https://www.last.fm/api/scrobbling#when-is-a-scrobble-a-scrobble
 */
export function thresholdMs(policy: ThresholdPolicy, durationSeconds: number | null): number | null {
  const halfMs = durationSeconds === null ? Infinity : durationSeconds * 500;
  if (policy === 'quick') {
    return Math.min(QUICK_MS, halfMs);
  }
  return durationSeconds !== null && durationSeconds <= LASTFM_SHORTEST_SECONDS ? null : Math.min(LASTFM_MS, halfMs);
}
