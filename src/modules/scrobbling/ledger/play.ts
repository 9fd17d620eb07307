import type { ScrobbleImportId, ScrobbleRunId, UserId } from '../../../common/ids.js';

export const SCROBBLE_SOURCES = ['run', 'voice', 'manual', 'import', 'ingest'] as const;
/** Where a scrobble came from. */
export type ScrobbleSource = (typeof SCROBBLE_SOURCES)[number];

export const PROVENANCES = ['heard', 'manual', 'automatic'] as const;
/** How much a person had to do with it. Only heard and manual ones ever count in a comparison. */
export type Provenance = (typeof PROVENANCES)[number];

/** One play, as whoever wants it scrobbled describes it. */
export interface Play {
  userId: UserId;
  artist: string;
  title: string;
  album: string | null;
  albumArtist: string | null;
  durationSeconds: number | null;
  /** When it started; whole seconds, as Last.fm counts. */
  playedAt: Date;
  source: ScrobbleSource;
  provenance: Provenance;
  /** False where someone else chose the music: Last.fm is told so (`chosenByUser=0`). */
  chosenByUser: boolean;
  runId?: ScrobbleRunId;
  importId?: ScrobbleImportId;
  /** Why it is to be kept in the ledger and never sent; unset: it is sent while it is young enough. */
  keptBecause?: 'already_at_lastfm' | 'not_wanted_at_lastfm';
}
