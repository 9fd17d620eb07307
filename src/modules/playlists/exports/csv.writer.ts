import { withFormulaGuard } from '../formula-guard.js';
import type { PlaylistTrack } from '../playlist-track.js';
import type { ExportedPlaylist } from './exported-playlist.js';

/** Without it, Excel takes UTF-8 for Windows-1252. */
const BYTE_ORDER_MARK = '\ufeff';
const HEADER = ['Title', 'Artist', 'Album', 'Album Artist', 'Duration (s)', 'Playlist'];

/**
 * RFC 4180. The title of the playlist stands in every row, so that sorting and cutting lose nothing; there is no place
 * for the description.
 */
export function* writeCsv({ title, tracks }: ExportedPlaylist): Generator<string> {
  yield BYTE_ORDER_MARK + rowOf(HEADER);
  for (const track of tracks) {
    yield rowOf(fieldsOf(track, title).map(withFormulaGuard));
  }
}

function fieldsOf({ title, artist, album, albumArtist, durationSeconds }: PlaylistTrack, playlist: string): string[] {
  return [title, artist, album ?? '', albumArtist ?? '', String(durationSeconds ?? ''), playlist];
}

function rowOf(fields: readonly string[]): string {
  return `${fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')}\r\n`;
}
