import type { Readable } from 'node:stream';

import type { HistoryRow } from './history-row.js';

export const HISTORY_FORMATS = [
  'scrobbler-log',
  'spotify-extended',
  'spotify-account',
  'listenbrainz',
  'lastfm-csv',
  'lastfm-json',
  'csv',
  'maloja',
  'youtube-music',
] as const;
export type HistoryFormatName = (typeof HISTORY_FORMATS)[number];

/** What these exports hold stands on the Last.fm profile already: sending it would count it twice. */
export const ALREADY_AT_LASTFM: ReadonlySet<HistoryFormatName> = new Set(['lastfm-csv', 'lastfm-json']);

/** One file of a history, to be read once. */
export interface HistoryInput {
  bytes: Readable;
  /** Its first 64 kB as text, without a byte order mark. */
  beginning: string;
  /** An IANA name: where the clock of a player hung that does not know its time zone. */
  timeZone: string;
}

/** How one kind of listening history is recognised and read. */
export interface HistoryFormat {
  name: HistoryFormatName;
  /** Whether a file that begins like this is one. */
  matches: (beginning: string) => boolean;
  /** Reads it entry by entry, in memory that does not grow with the file. */
  read: (input: HistoryInput) => AsyncIterable<HistoryRow>;
}
