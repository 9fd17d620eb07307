import { hasCsvHeader, readCsv } from './csv.reader.js';
import { decodeText } from './decode-text.js';
import { extensionOf } from './file-name.js';
import { looksLikeJson, readJson } from './json.reader.js';
import { FileEmptyError, FileFormatUnknownError, NoTracksFoundError } from './reading.errors.js';
import type { Reading } from './reading.js';
import { readTextLines } from './text.reader.js';

interface PlaylistFormat {
  extensions: readonly string[];
  /** Whether the content alone says that it is this format. Quick: reads no more than the beginning. */
  isSure: (text: string) => boolean;
  read: (text: string) => Reading;
}

/** In the order in which they are asked. Any text could be lines of text: that one is chosen by extension only. */
const FORMATS: readonly PlaylistFormat[] = [
  { extensions: ['json'], isSure: looksLikeJson, read: readJson },
  { extensions: ['csv', 'tsv'], isSure: hasCsvHeader, read: readCsv },
  { extensions: ['txt', 'text', ''], isSure: () => false, read: readTextLines },
];

/**
 * Reads a playlist from a file: the format is chosen by the content, and only where that does not tell by the name.
 *
 * @throws FileEmptyError, FileNotTextError, FileFormatUnknownError, NoTracksFoundError, PlaylistTooLongError
 */
export function readPlaylistFile(bytes: Uint8Array, fileName: string): Reading {
  const extension = extensionOf(fileName);
  const text = decodeText(bytes, extension);
  if (text.trim() === '') {
    throw new FileEmptyError();
  }
  const format =
    FORMATS.find(({ isSure }) => isSure(text)) ?? FORMATS.find(({ extensions }) => extensions.includes(extension));
  if (!format) {
    throw new FileFormatUnknownError(`Files that end in .${extension} are not read here.`);
  }
  return requireTracks(format.read(text));
}

/** @throws NoTracksFoundError, PlaylistTooLongError */
export function readPastedLines(text: string): Reading {
  return requireTracks(readTextLines(text));
}

function requireTracks(reading: Reading): Reading {
  if (reading.tracks.length === 0) {
    throw new NoTracksFoundError(reading);
  }
  return reading;
}
