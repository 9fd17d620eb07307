import type { Readable } from 'node:stream';

import type { HistoryFormat, HistoryInput } from './history-format.js';
import type { HistoryRow } from './history-row.js';
import { at, jsonEntries } from './json-entries.js';
import { readMoment } from './played-at.js';
import { rowOf, skippedRow } from './row-of.js';
import { textLines } from './text-lines.js';

/** ListenBrainz' export: `listens/YYYY/MM.jsonl` with a listen a line, or, in older ones, one array of them. */
export const listenbrainz: HistoryFormat = {
  name: 'listenbrainz',
  matches: (beginning) => beginning.includes('"track_metadata"') && beginning.includes('"listened_at"'),
  read,
};

function read({ bytes, beginning }: HistoryInput): AsyncIterable<HistoryRow> {
  return beginning.trimStart().startsWith('[') ? readArray(bytes) : readLines(bytes);
}

async function* readArray(bytes: Readable): AsyncGenerator<HistoryRow> {
  let row = 0;
  for await (const listen of jsonEntries(bytes, '$.*')) {
    row += 1;
    yield readListen(row, listen);
  }
}

async function* readLines(bytes: Readable): AsyncGenerator<HistoryRow> {
  for await (const { row, line } of textLines(bytes)) {
    if (line.trim() !== '') {
      yield readLine(row, line);
    }
  }
}

function readLine(row: number, line: string): HistoryRow {
  try {
    return readListen(row, JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError) {
      return skippedRow(row, 'This line is no JSON.', line);
    }
    throw error;
  }
}

function readListen(row: number, listen: unknown): HistoryRow {
  const artist = at(listen, 'track_metadata', 'artist_name');
  const title = at(listen, 'track_metadata', 'track_name');
  return rowOf(
    row,
    {
      artist,
      title,
      album: at(listen, 'track_metadata', 'release_name'),
      durationSeconds: durationOf(at(listen, 'track_metadata', 'additional_info')),
      playedAt: readMoment(at(listen, 'listened_at')),
    },
    `${String(artist)} - ${String(title)}`,
  );
}

function durationOf(info: unknown): number | null {
  const milliseconds = at(info, 'duration_ms');
  const seconds = at(info, 'duration');
  if (typeof milliseconds === 'number') {
    return milliseconds / 1000;
  }
  return typeof seconds === 'number' ? seconds : null;
}
