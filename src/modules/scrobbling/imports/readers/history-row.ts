/** A play as a listening history tells it. */
interface HistoryPlay {
  artist: string;
  title: string;
  album: string | null;
  albumArtist: string | null;
  durationSeconds: number | null;
  /** When it started, to the second. */
  playedAt: Date;
}

/**
 * One entry of a history. `row` counts from 1: the line of a text file, or the place in a list. `text` is the beginning
 * of an entry that cannot be used, for the report.
 */
export type HistoryRow = { row: number; play: HistoryPlay } | { row: number; skipped: string; text: string };
