import type { Readable } from 'node:stream';

import { HistoryFormatUnknownError } from '../imports.errors.js';
import { csv, lastfmCsv } from './csv.formats.js';
import { type HistoryFile, historyFiles } from './history-files.js';
import type { HistoryFormat, HistoryFormatName } from './history-format.js';
import type { HistoryRow } from './history-row.js';
import { listenbrainz } from './listenbrainz.format.js';
import { lastfmJson, maloja, youtubeMusic } from './other-json.formats.js';
import { scrobblerLog, UNKNOWN_TIME_ZONE } from './scrobbler-log.format.js';
import { spotifyAccount, spotifyExtended } from './spotify.formats.js';

/** In the order in which they are asked: whatever has columns could be a CSV, so that comes last. */
const FORMATS: readonly HistoryFormat[] = [
  scrobblerLog,
  spotifyExtended,
  spotifyAccount,
  listenbrainz,
  lastfmJson,
  maloja,
  youtubeMusic,
  lastfmCsv,
  csv,
];
const BEGINNING_BYTES = 64 * 1024;

export interface FormattedRow {
  format: HistoryFormatName;
  row: HistoryRow;
}

/** What a file is, before it is read. */
export interface Recognised {
  format: HistoryFormatName;
  /** True where its times hang on a time zone that only its person knows. */
  needsTimeZone: boolean;
}

/**
 * What the first file of an upload that is a listening history is; the format is told by the content alone.
 * @throws HistoryFormatUnknownError where there is none, HistoryBrokenError
 */
export async function recognise(path: string): Promise<Recognised> {
  for await (const file of historyFiles(path)) {
    const beginning = await beginningOf(file);
    const format = formatOf(beginning);
    if (format) {
      return { format: format.name, needsTimeZone: format === scrobblerLog && UNKNOWN_TIME_ZONE.test(beginning) };
    }
  }
  throw new HistoryFormatUnknownError();
}

/**
 * Every entry of an upload, entry by entry, in the same order each time it is read.
 * @param timeZone see `HistoryInput`
 * @throws HistoryBrokenError
 */
export async function* readHistory(path: string, timeZone: string): AsyncGenerator<FormattedRow> {
  for await (const file of historyFiles(path)) {
    const beginning = await beginningOf(file);
    const format = formatOf(beginning);
    if (format) {
      for await (const row of format.read({ bytes: await file.open(), beginning, timeZone })) {
        yield { format: format.name, row: named(row, file) };
      }
    }
  }
}

function formatOf(beginning: string): HistoryFormat | undefined {
  return FORMATS.find(({ matches }) => matches(beginning));
}

async function beginningOf(file: HistoryFile): Promise<string> {
  const bytes: Readable = await file.open();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= BEGINNING_BYTES) {
      break; // Which closes it.
    }
  }
  return Buffer.concat(chunks)
    .toString('utf8', 0, BEGINNING_BYTES)
    .replace(/^\ufeff/, '');
}

/** Row 7 of which file? */
function named(row: HistoryRow, { nameInZip }: HistoryFile): HistoryRow {
  return nameInZip !== null && 'skipped' in row ? { ...row, text: `${nameInZip}: ${row.text}` } : row;
}
