import { cutTo, MAX_DURATION_SECONDS, MAX_NAME_LENGTH, toStorableLine } from '../../../playlists/index.js';
import type { HistoryRow } from './history-row.js';

const MAX_SKIPPED_TEXT = 200;
/** Before there was Last.fm: broken clocks say 1970 or 2000. */
const EARLIEST = new Date('2002-01-01T00:00:00Z');

/** An entry as a file has it: anything may be missing or of another type. */
export interface RawPlay {
  artist: unknown;
  title: unknown;
  album?: unknown;
  albumArtist?: unknown;
  durationSeconds?: number | null;
  playedAt: Date | null;
}

/** The row for an entry, or why it cannot be one. @param text the entry as it stands in the file */
export function rowOf(row: number, raw: RawPlay, text: string): HistoryRow {
  const artist = lineOf(raw.artist);
  const title = lineOf(raw.title);
  const album = lineOf(raw.album) || null;
  const albumArtist = lineOf(raw.albumArtist) || null;
  const problem = problemOf([artist, title, album, albumArtist], raw.playedAt);
  if (problem !== undefined || raw.playedAt === null) {
    return skippedRow(row, problem ?? 'There is no time.', text);
  }
  const playedAt = new Date(Math.floor(raw.playedAt.getTime() / 1000) * 1000);
  return {
    row,
    play: { artist, title, album, albumArtist, durationSeconds: durationOf(raw.durationSeconds), playedAt },
  };
}

/** @param reason a sentence for people */
export function skippedRow(row: number, reason: string, text: string): HistoryRow {
  return { row, skipped: reason, text: cutTo(MAX_SKIPPED_TEXT, toStorableLine(text)) };
}

function problemOf(names: readonly [string, string, ...Array<string | null>], playedAt: Date | null) {
  const [artist, title] = names;
  if (artist === '') {
    return 'There is no artist.';
  }
  if (title === '') {
    return 'There is no title.';
  }
  if (names.some((name) => (name?.length ?? 0) > MAX_NAME_LENGTH)) {
    return `A name is longer than ${MAX_NAME_LENGTH.toLocaleString('en')} characters.`;
  }
  if (playedAt === null || Number.isNaN(playedAt.getTime())) {
    return 'There is no time that can be read.';
  }
  return playedAt < EARLIEST ? 'The time is before 2002: the clock was wrong.' : undefined;
}

function lineOf(value: unknown): string {
  return typeof value === 'string' ? toStorableLine(value) : '';
}

function durationOf(seconds: number | null | undefined): number | null {
  const whole = Math.round(seconds ?? 0);
  return whole >= 1 && whole <= MAX_DURATION_SECONDS ? whole : null;
}
