import { CsvError, parse } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';

import { HistoryBrokenError } from '../imports.errors.js';
import type { HistoryFormat, HistoryInput } from './history-format.js';
import type { HistoryRow } from './history-row.js';
import { readMoment } from './played-at.js';
import { rowOf } from './row-of.js';

const DELIMITERS = [',', ';', '\t'];
const DIALECT = {
  comment: '#',
  comment_no_infix: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: 100_000,
};

/** What columns are called, in lower case: ghan.nl's Last.fm export, libre.fm's, and what else people make themselves. */
const COLUMN_NAMES = {
  artist: ['artist', 'artist name', 'artist_name', 'artist name(s)'],
  title: ['track', 'title', 'track name', 'track_name', 'name', 'song'],
  album: ['album', 'album name', 'album_name', 'release_name', 'release'],
  albumArtist: ['album artist', 'album_artist', 'albumartist'],
  time: ['uts', 'time', 'timestamp', 'played_at', 'playedat', 'listened_at', 'date', 'utc_time'],
  duration: ['duration', 'length', 'duration_s', 'seconds', 'durationseconds'],
} as const;
type Column = keyof typeof COLUMN_NAMES;
type Columns = Partial<Record<Column, number>>;

/** lastfm-to-csv (benjaminbenben) has no header: `artist,album,title,date`. */
const HEADERLESS: Columns = { artist: 0, album: 1, title: 2, time: 3 };
const HEADERLESS_DATE = /^\d{1,2} \p{L}{3} \d{4},? \d{2}:\d{2}$/u;

/** CSV exports of Last.fm: what they hold stands on the profile already. */
export const lastfmCsv: HistoryFormat = {
  name: 'lastfm-csv',
  matches: (beginning) => {
    const found = findColumns(beginning);
    return found !== null && (!found.hasHeader || found.header.includes('uts'));
  },
  read,
};

/** Any CSV with columns for artist, title and time, libre.fm's among them. */
export const csv: HistoryFormat = {
  name: 'csv',
  matches: (beginning) => findColumns(beginning) !== null,
  read,
};

interface FoundColumns {
  delimiter: string;
  header: string[];
  hasHeader: boolean;
  columns: Columns;
}

function findColumns(beginning: string): FoundColumns | null {
  for (const delimiter of DELIMITERS) {
    const first = firstRecord(beginning, delimiter);
    const header = first.map((name) => name.trim().toLowerCase());
    const columns = columnsOf(header);
    if (columns.artist !== undefined && columns.title !== undefined && columns.time !== undefined) {
      return { delimiter, header, hasHeader: true, columns };
    }
    if (first.length === 4 && HEADERLESS_DATE.test(first[3]?.trim() ?? '')) {
      return { delimiter, header, hasHeader: false, columns: HEADERLESS };
    }
  }
  return null;
}

function columnsOf(header: readonly string[]): Columns {
  const entries = Object.entries(COLUMN_NAMES).flatMap(([column, names]) => {
    // In the order of the names: of several columns with a time, the exact one wins.
    const name = names.find((candidate) => header.includes(candidate));
    return name === undefined ? [] : [[column, header.indexOf(name)] as const];
  });
  return Object.fromEntries(entries);
}

async function* read({ bytes, beginning }: HistoryInput): AsyncGenerator<HistoryRow> {
  const found = findColumns(beginning);
  if (found === null) {
    return;
  }
  const parser = parse({
    ...DIALECT,
    bom: true,
    delimiter: found.delimiter,
    info: true,
    from: found.hasHeader ? 2 : 1,
  });
  bytes.once('error', (error) => parser.destroy(error));
  const records = bytes.pipe(parser) as AsyncIterable<{ record: string[]; info: { lines: number } }>;
  try {
    for await (const { record, info } of records) {
      yield readRecord(info.lines, record, found.columns);
    }
  } catch (error) {
    throw error instanceof CsvError ? new HistoryBrokenError('A row of this CSV cannot be read', error) : error;
  } finally {
    bytes.destroy();
  }
}

function readRecord(row: number, record: readonly string[], columns: Columns): HistoryRow {
  const of = (column: Column): string | undefined => record[columns[column] ?? -1];
  return rowOf(
    row,
    {
      artist: of('artist'),
      title: of('title'),
      album: of('album'),
      albumArtist: of('albumArtist'),
      durationSeconds: Number(of('duration') ?? 0),
      playedAt: readMoment(of('time')),
    },
    record.join(', '),
  );
}

function firstRecord(beginning: string, delimiter: string): string[] {
  try {
    return parseNow(beginning, { ...DIALECT, delimiter, to: 1 })[0] ?? [];
  } catch (error) {
    if (error instanceof CsvError) {
      return [];
    }
    throw error;
  }
}
