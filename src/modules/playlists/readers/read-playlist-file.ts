import { hasCsvHeader, readCsv } from './csv.reader.js';
import { decodedPieces } from './decode-text.js';
import { extensionOf } from './file-name.js';
import { looksLikeJson, readJson } from './json.reader.js';
import { historyNameOf } from './listening-history.js';
import { looksLikeM3u, readM3u } from './m3u.reader.js';
import {
  FileEmptyError,
  FileFormatUnknownError,
  FileIsArchiveError,
  FileIsHistoryError,
  NoTracksFoundError,
} from './reading.errors.js';
import type { Reading } from './reading.js';
import { readTextLines } from './text.reader.js';
import { slicesOf, type TextPieces, unhurried } from './text-pieces.js';
import { looksLikeXml, readXspf } from './xspf.reader.js';

interface PlaylistFormat {
  extensions: readonly string[];
  /** Whether the content alone says that it is this format. Quick: looks at the beginning. */
  isSure: (head: string) => boolean;
  read: (pieces: TextPieces, head: string) => Promise<Reading | Reading[]>;
}

/** In the order in which they are asked. Any text could be lines of text: that one is chosen by extension only. */
const FORMATS: readonly PlaylistFormat[] = [
  { extensions: ['json', 'jspf'], isSure: looksLikeJson, read: readJson },
  { extensions: ['xspf', 'xml'], isSure: looksLikeXml, read: readXspf },
  { extensions: ['m3u', 'm3u8'], isSure: looksLikeM3u, read: readM3u },
  { extensions: ['csv', 'tsv'], isSure: hasCsvHeader, read: readCsv },
  { extensions: ['txt', 'text', ''], isSure: () => false, read: readTextLines },
];

/** The first bytes of ZIP and gzip. */
const ARCHIVES = [Buffer.from('PK\u0003\u0004'), Buffer.from([0x1f, 0x8b])];

/**
 * Reads the playlists in a file, nearly always one: the format is chosen by the content, and only where that does not
 * tell by the name. Other requests are answered meanwhile.
 *
 * @returns at least one that has tracks
 * @throws FileEmptyError, FileNotTextError, FileFormatUnknownError, FileIsHistoryError, FileIsArchiveError,
 *   FileIsStreamError, FileDeclaresEntitiesError, NoTracksFoundError, PlaylistTooLongError
 */
export async function readPlaylistFile(bytes: Uint8Array, fileName: string): Promise<Reading[]> {
  if (ARCHIVES.some((beginning) => beginning.equals(bytes.subarray(0, beginning.length)))) {
    throw new FileIsArchiveError();
  }
  const extension = extensionOf(fileName);
  const { head, pieces } = peek(decodedPieces(bytes, extension));
  if (head === '') {
    throw new FileEmptyError();
  }
  return readAs(extension, head, pieces);
}

/**
 * One "Artist - Title" a line, or the content of any file that says by itself what it is.
 *
 * @throws as `readPlaylistFile`
 */
export async function readPastedText(text: string): Promise<Reading[]> {
  const { head, pieces } = peek(slicesOf(text));
  return readAs('txt', head, pieces);
}

async function readAs(extension: string, head: string, pieces: Iterable<string>): Promise<Reading[]> {
  const historyName = historyNameOf(head);
  if (historyName !== null) {
    throw new FileIsHistoryError(historyName);
  }
  const format =
    FORMATS.find(({ isSure }) => isSure(head)) ?? FORMATS.find(({ extensions }) => extensions.includes(extension));
  if (!format) {
    throw new FileFormatUnknownError(`Files that end in .${extension} are not read here.`);
  }
  return requireTracks([await format.read(unhurried(pieces), head)].flat());
}

/** The first piece that is not blank, and all of them: blanks at the beginning are rows too. */
function peek(pieces: Iterable<string>): { head: string; pieces: Iterable<string> } {
  const iterator = pieces[Symbol.iterator]();
  const seen: string[] = [];
  let next = iterator.next();
  for (; !next.done && next.value.trim() === ''; next = iterator.next()) {
    seen.push(next.value);
  }
  const head = next.done ? '' : next.value;
  return { head, pieces: chained([...seen, head], iterator) };
}

function* chained(seen: readonly string[], rest: Iterator<string>): Generator<string> {
  yield* seen;
  for (let next = rest.next(); !next.done; next = rest.next()) {
    yield next.value;
  }
}

function requireTracks(readings: Reading[]): Reading[] {
  if (readings.every(({ tracks }) => tracks.length === 0)) {
    const skipped = readings.flatMap((reading) => reading.skipped);
    throw new NoTracksFoundError({ skipped, skippedTotal: readings.reduce((sum, each) => sum + each.skippedTotal, 0) });
  }
  return readings;
}
