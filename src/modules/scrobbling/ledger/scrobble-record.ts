import type { ScrobbleId } from '../../../common/ids.js';
import type { ScrobbleVerdict } from '../../lastfm/index.js';
import type { DeliveryReason } from '../delivery/delivery-reason.js';
import type { DeliveryState } from '../delivery/delivery-state.js';
import type { Provenance, ScrobbleSource } from './play.js';

/** A scrobble together with where its Last.fm delivery stands, as people and programs see it. */
export interface ScrobbleRecord {
  id: ScrobbleId;
  artist: string;
  title: string;
  album: string | null;
  albumArtist: string | null;
  durationSeconds: number | null;
  playedAt: Date;
  source: ScrobbleSource;
  provenance: Provenance;
  state: DeliveryState;
  reason: DeliveryReason | null;
  verdictCode: number | null;
  verdictMessage: string | null;
  corrected: ScrobbleVerdict['corrected'];
  attempts: number;
  nextAttemptAt: Date | null;
  deadlineAt: Date;
  duplicateOf: ScrobbleId | null;
  createdAt: Date;
  sentAt: Date | null;
  /** Accepted, but not found on the profile by the daily check; since when. */
  missingSince: Date | null;
}

/** The select list that makes one; `s` is the scrobble, `d` its delivery to Last.fm. */
export const SCROBBLE_RECORD_COLUMNS = `
  s.id, s.artist, s.title, s.album, s.album_artist as "albumArtist", s.duration_seconds as "durationSeconds",
  s.played_at as "playedAt", s.source, s.provenance, d.state, d.reason, d.verdict_code as "verdictCode",
  d.verdict_message as "verdictMessage", d.corrected, d.attempts, d.next_attempt_at as "nextAttemptAt",
  d.deadline_at as "deadlineAt", d.duplicate_of as "duplicateOf", s.created_at as "createdAt", d.sent_at as "sentAt",
  d.missing_since as "missingSince"`;
