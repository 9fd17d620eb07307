import type { PlaylistTrack } from '../playlist-track.js';

/** A row that became no track, and why. */
export interface SkippedRow {
  /** Counted from 1, as an editor or a spreadsheet shows it; in JSON, the place in the list. */
  row: number;
  /** A sentence for people. */
  reason: string;
  /** The beginning of the row. */
  text: string;
}

/** What a reader made of a file. `read` is always the number of tracks plus `skippedTotal`. */
export interface Reading {
  /** Only when the file itself says so. */
  title?: string;
  description?: string;
  tracks: PlaylistTrack[];
  /** The first ones; `skippedTotal` counts them all. */
  skipped: SkippedRow[];
  skippedTotal: number;
  /** Rows that meant to be tracks: no header, blank line or comment. */
  read: number;
}
