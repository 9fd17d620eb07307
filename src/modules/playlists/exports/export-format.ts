import { writeCsv } from './csv.writer.js';
import type { ExportedPlaylist } from './exported-playlist.js';
import { writeJson } from './json.writer.js';
import { writeJspf } from './jspf.writer.js';
import { writeM3u8 } from './m3u8.writer.js';
import { writeXspf } from './xspf.writer.js';

export const EXPORT_FORMATS = ['csv', 'jspf', 'xspf', 'm3u8', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

interface PlaylistWriter {
  contentType: string;
  write: (playlist: ExportedPlaylist) => Generator<string>;
}

/** The format is also the extension of the file's name. */
export const WRITERS: Readonly<Record<ExportFormat, PlaylistWriter>> = {
  csv: { contentType: 'text/csv; charset=utf-8; header=present', write: writeCsv },
  jspf: { contentType: 'application/jspf+json', write: writeJspf },
  xspf: { contentType: 'application/xspf+xml; charset=utf-8', write: writeXspf },
  m3u8: { contentType: 'audio/x-mpegurl; charset=utf-8', write: writeM3u8 },
  json: { contentType: 'application/json; charset=utf-8', write: writeJson },
};

const PIECE_LENGTH = 64 * 1024;

/** The playlist in that format, in pieces that are worth sending. */
export function* exportPieces(playlist: ExportedPlaylist, format: ExportFormat): Generator<string> {
  let piece = '';
  for (const text of WRITERS[format].write(playlist)) {
    piece += text;
    if (piece.length >= PIECE_LENGTH) {
      yield piece;
      piece = '';
    }
  }
  yield piece;
}
