import type { Scrobble } from '../../api/models';

const DAY_MS = 86_400_000;
const LAST_CHANCE_MS = 2 * DAY_MS;

export const isMissing = ({ state, missingSince }: Scrobble): boolean => state === 'accepted' && missingSince !== null;

/** It ended without being on the profile, and Last.fm would still take it. */
export function isResendable(scrobble: Scrobble, now: number): boolean {
  const { state, deadlineAt } = scrobble;
  return (state === 'failed' || state === 'ignored' || isMissing(scrobble)) && Date.parse(deadlineAt) > now;
}

/** Last.fm would take it for two days more at most, and it is not there yet. */
export function isLastChance(scrobble: Scrobble, now: number): boolean {
  const { state, deadlineAt } = scrobble;
  const isUnsent = state === 'queued' || state === 'held' || state === 'sending' || state === 'failed';
  const left = Date.parse(deadlineAt) - now;
  return (isUnsent || isMissing(scrobble)) && left > 0 && left < LAST_CHANCE_MS;
}
