import type { ScrobbleId } from '../../../common/ids.js';
import type { DeliveryState } from '../delivery/delivery-state.js';
import type { ScrobbleSource } from '../ledger/play.js';
import type { ScrobbleNames } from './scrobble-resend.entity.js';

/** A scrobble with what decides whether it can be sent again. */
export interface EndedScrobble extends ScrobbleNames {
  id: ScrobbleId;
  playedAt: Date;
  source: ScrobbleSource;
  state: DeliveryState;
  missingSince: Date | null;
  deadlineAt: Date;
  /** The names it had, where a person corrects them now. */
  namesBefore: ScrobbleNames | null;
}

/** It failed, was ignored, or Last.fm accepted it and the profile does not show it. */
export function isResendable({ state, missingSince }: EndedScrobble): boolean {
  return state === 'failed' || state === 'ignored' || (state === 'accepted' && missingSince !== null);
}

/** What is unset stays as it is; null removes it. */
export type NamesCorrection = { [Name in keyof ScrobbleNames]?: ScrobbleNames[Name] | undefined };

/** The scrobble with the names a person gave it; unchanged where they change nothing. */
export function corrected(scrobble: EndedScrobble, correction: NamesCorrection): EndedScrobble {
  const { artist, title, album, albumArtist, durationSeconds } = scrobble;
  const before: ScrobbleNames = { artist, title, album, albumArtist, durationSeconds };
  const given = Object.fromEntries(Object.entries(correction).filter(([, value]) => value !== undefined));
  const after = { ...before, ...given };
  const isChanged = JSON.stringify(after) !== JSON.stringify(before);
  return isChanged ? { ...scrobble, ...after, namesBefore: before } : scrobble;
}
