import { MAX_NAME_LENGTH, MAX_TRACKS, type PlaylistTrack } from '../playlist-track.js';
import { PlaylistTooLongError } from '../playlists.errors.js';
import { cutTo, toStorableLine, toStorableParagraphs } from '../storable-text.js';
import type { Reading, SkippedRow } from './reading.js';

const MAX_SKIPPED_LISTED = 200;
const MAX_SKIPPED_TEXT = 200;
/** Rows without any track are cheap to make and not to read: nobody has this many in a playlist of 10,000. */
const MAX_ROWS = 2 * MAX_TRACKS;

/** A track as a file has it: names may be missing, blank, too long or hold control characters. */
export interface RawTrack {
  artist: string;
  title: string;
  album?: string;
  albumArtist?: string;
  durationSeconds: number | null;
}

/** Where a reader puts what it reads, row by row. Reading stops, by an error, as soon as the limits are passed. */
export class TrackCollector {
  private readonly tracks: PlaylistTrack[] = [];
  private readonly skipped: SkippedRow[] = [];
  private skippedTotal = 0;

  /**
   * @param text the row as it stands in the file, for the report when it cannot be used
   * @throws PlaylistTooLongError
   */
  add(row: number, raw: RawTrack, text: string): void {
    const track: PlaylistTrack = {
      artist: toStorableLine(raw.artist),
      title: toStorableLine(raw.title),
      album: toStorableLine(raw.album ?? '') || null,
      albumArtist: toStorableLine(raw.albumArtist ?? '') || null,
      durationSeconds: raw.durationSeconds,
    };
    const problem = problemOf(track);
    if (problem !== undefined) {
      this.skip(row, problem, text);
      return;
    }
    if (this.tracks.length >= MAX_TRACKS) {
      throw new PlaylistTooLongError();
    }
    this.tracks.push(track);
    this.refuseTooManyRows();
  }

  /**
   * @param reason a sentence for people
   * @throws PlaylistTooLongError
   */
  skip(row: number, reason: string, text: string): void {
    this.skippedTotal += 1;
    if (this.skipped.length < MAX_SKIPPED_LISTED) {
      this.skipped.push({ row, reason, text: cutTo(MAX_SKIPPED_TEXT, toStorableLine(text)) });
    }
    this.refuseTooManyRows();
  }

  finish({ title = '', description = '' }: { title?: string; description?: string } = {}): Reading {
    const [cleanTitle, cleanDescription] = [toStorableLine(title), toStorableParagraphs(description)];
    return {
      ...(cleanTitle && { title: cleanTitle }),
      ...(cleanDescription && { description: cleanDescription }),
      tracks: this.tracks,
      skipped: this.skipped,
      skippedTotal: this.skippedTotal,
      read: this.tracks.length + this.skippedTotal,
    };
  }

  private refuseTooManyRows(): void {
    if (this.tracks.length + this.skippedTotal > MAX_ROWS) {
      throw new PlaylistTooLongError(`This list has more than ${MAX_ROWS.toLocaleString('en')} rows.`);
    }
  }
}

function problemOf(track: PlaylistTrack): string | undefined {
  if (track.artist === '') {
    return 'There is no artist.';
  }
  if (track.title === '') {
    return 'There is no title.';
  }
  const names = { artist: track.artist, title: track.title, album: track.album, 'album artist': track.albumArtist };
  const tooLong = Object.entries(names).find(([, name]) => (name?.length ?? 0) > MAX_NAME_LENGTH);
  return tooLong && `The ${tooLong[0]} is longer than ${MAX_NAME_LENGTH.toLocaleString('en')} characters.`;
}
