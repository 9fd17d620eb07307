import { CsvError, parse, type Parser } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';

import { withoutFormulaGuard } from '../formula-guard.js';
import { CsvColumns } from './csv-columns.js';
import { readMilliseconds, readSeconds } from './duration.js';
import { countIds, firstArtist } from './first-artist.js';
import { FileFormatUnknownError } from './reading.errors.js';
import type { Reading } from './reading.js';
import { type TextPieces, withLimitedLines } from './text-pieces.js';
import { type RawTrack, TrackCollector } from './track-collector.js';

const DELIMITERS = [',', ';', '\t', '|'];
/** The longest header row we look for. */
const HEADER_LENGTH = 20_000;
/** In characters, about. What is longer began with a quotation mark that is never closed. */
const MAX_RECORD_LENGTH = 200_000;
/** Exportify's widest export has about 50. */
const MAX_COLUMNS = 100;
/** What Excel may write before the header. */
const SEPARATOR_LINE = /^sep=.\r?\n/i;

const NEEDED =
  'A CSV file needs a header row with a column for the title (such as "Track Name" or "Title") ' +
  'and one for the artist (such as "Artist Name(s)" or "Artist").';

const RFC_4180 = {
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
};

interface Dialect {
  delimiter: string;
  columns: CsvColumns;
}

/** Whether the text begins with a header row that names a title and an artist. */
export function hasCsvHeader(head: string): boolean {
  return findDialect(withoutSeparatorLine(head)) !== null;
}

/** The first row of a table, whatever separates it. */
export function firstRowOf(head: string): string[] {
  const rows = DELIMITERS.map((delimiter) => firstRecord(withoutSeparatorLine(head), delimiter));
  return rows.reduce((longest, row) => (row.length > longest.length ? row : longest));
}

/**
 * RFC 4180 with `,`, `;`, tab or `|` between the fields, and a header row: both dialects of Exportify, our own export,
 * and whatever else names its columns (see `CsvColumns`). Of several artists, the first is kept (see `firstArtist`).
 *
 * @param head the beginning of the text, header row included
 * @throws FileFormatUnknownError without such a header, PlaylistTooLongError
 */
export async function readCsv(pieces: TextPieces, head: string): Promise<Reading> {
  const content = withoutSeparatorLine(head);
  const dialect = findDialect(content);
  if (!dialect) {
    throw new FileFormatUnknownError(NEEDED);
  }
  return new CsvReader(dialect, content === head ? 0 : 1).read(withLimitedLines(pieces));
}

class CsvReader {
  private readonly collector = new TrackCollector();
  private title: string | undefined;
  private row = 0;

  /** @param rowsBefore those before the header */
  constructor(
    private readonly dialect: Dialect,
    private readonly rowsBefore: number,
  ) {}

  async read(pieces: TextPieces): Promise<Reading> {
    try {
      for await (const record of recordsIn(pieces, this.dialect.delimiter)) {
        this.readRecord(record);
      }
    } catch (error) {
      if (!(error instanceof CsvError)) {
        throw error;
      }
      this.collector.skip(
        this.row + 1,
        'A quotation mark is opened here and never closed. Nothing from here on was read.',
        '',
      );
    }
    return this.collector.finish(this.title === undefined ? {} : { title: this.title });
  }

  private readRecord(record: string[]): void {
    this.row += 1;
    if (this.row <= this.rowsBefore + 1) {
      return;
    }
    if (record.length > MAX_COLUMNS) {
      throw new FileFormatUnknownError(`Row ${this.row} has more than ${MAX_COLUMNS} columns.`);
    }
    if (record.every((field) => field.trim() === '')) {
      return;
    }
    const { columns, delimiter } = this.dialect;
    const unguarded = record.map(withoutFormulaGuard);
    this.title ??= columns.of(unguarded, 'playlistTitle');
    this.collector.add(this.row, trackOf(unguarded, columns), record.join(delimiter));
  }
}

/**
 * Fed by hand rather than piped, so that what a piece throws comes out as it is.
 *
 * @throws CsvError
 */
async function* recordsIn(pieces: TextPieces, delimiter: string): AsyncGenerator<string[]> {
  const parser = parse({ ...RFC_4180, delimiter, max_record_size: MAX_RECORD_LENGTH });
  let failure: Error | undefined;
  parser.once('error', (error) => {
    failure = error;
  });
  for await (const piece of pieces) {
    if (failure !== undefined) {
      break;
    }
    parser.write(piece);
    yield* readyIn(parser);
  }
  if (failure !== undefined) {
    throw failure;
  }
  parser.end();
  yield* parser as AsyncIterable<string[]>;
}

function* readyIn(parser: Parser): Generator<string[]> {
  for (let record: unknown = parser.read(); record !== null; record = parser.read()) {
    yield record as string[];
  }
}

function trackOf(record: string[], columns: CsvColumns): RawTrack {
  const albumArtist = columns.of(record, 'albumArtist') ?? firstAlbumArtist(record, columns);
  const milliseconds = columns.of(record, 'durationMs');
  return {
    artist: columns.of(record, 'artist') ?? artistOf(record, columns, albumArtist),
    title: columns.of(record, 'title') ?? '',
    album: columns.of(record, 'album') ?? '',
    albumArtist,
    durationSeconds:
      milliseconds === undefined ? readSeconds(columns.of(record, 'duration') ?? '') : readMilliseconds(milliseconds),
  };
}

function firstAlbumArtist(record: string[], columns: CsvColumns): string {
  return firstArtist({
    names: columns.of(record, 'albumArtists') ?? '',
    count: countIds(columns.of(record, 'albumArtistIds')),
  });
}

function artistOf(record: string[], columns: CsvColumns, albumArtist: string): string {
  return firstArtist({
    names: columns.of(record, 'artists') ?? '',
    count: countIds(columns.of(record, 'artistIds')),
    albumArtist: albumArtist || undefined,
  });
}

/** The delimiter under which the first row is a header we know: no counting, so names full of commas do not mislead. */
function findDialect(text: string): Dialect | null {
  for (const delimiter of DELIMITERS) {
    const columns = CsvColumns.find(firstRecord(text, delimiter));
    if (columns) {
      return { delimiter, columns };
    }
  }
  return null;
}

function firstRecord(text: string, delimiter: string): string[] {
  try {
    return parseAtOnce(text.slice(0, HEADER_LENGTH), { ...RFC_4180, delimiter, to: 1 })[0] ?? [];
  } catch (error) {
    if (error instanceof CsvError) {
      return [];
    }
    throw error;
  }
}

function withoutSeparatorLine(text: string): string {
  return text.replace(SEPARATOR_LINE, '');
}
