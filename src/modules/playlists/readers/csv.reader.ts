import { CsvError, parse } from 'csv-parse/sync';

import { CsvColumns } from './csv-columns.js';
import { readMilliseconds, readSeconds } from './duration.js';
import { countIds, firstArtist } from './first-artist.js';
import { FileFormatUnknownError } from './reading.errors.js';
import type { Reading } from './reading.js';
import { linesOf, refuseTooManyLines } from './text-lines.js';
import { type RawTrack, TrackCollector } from './track-collector.js';

const DELIMITERS = [',', ';', '\t'];
/** The longest header row we look for. */
const HEADER_LENGTH = 20_000;
/** In characters. The parser needs seconds for millions of delimiters, so lines are measured before it runs. */
const MAX_LINE_LENGTH = 100_000;
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
export function hasCsvHeader(text: string): boolean {
  return findDialect(withoutSeparatorLine(text)) !== null;
}

/**
 * RFC 4180 with `,`, `;` or tab between the fields, and a header row: both dialects of Exportify, and whatever else
 * names its columns (see `CsvColumns`). Of several artists, the first is kept (see `firstArtist`).
 *
 * @throws FileFormatUnknownError without such a header, PlaylistTooLongError
 */
export function readCsv(text: string): Reading {
  refuseTooManyLines(text);
  refuseLongLines(text);
  const content = withoutSeparatorLine(text);
  const dialect = findDialect(content);
  if (!dialect) {
    throw new FileFormatUnknownError(NEEDED);
  }
  return new CsvReader(dialect, content === text ? 0 : 1).read(content);
}

function refuseLongLines(text: string): void {
  for (const line of linesOf(text)) {
    if (line.length > MAX_LINE_LENGTH) {
      throw new FileFormatUnknownError(
        `A row of this file is longer than ${MAX_LINE_LENGTH.toLocaleString('en')} characters.`,
      );
    }
  }
}

class CsvReader {
  private readonly collector = new TrackCollector();
  private title: string | undefined;

  /** @param row the rows before the header; then, while reading, the row just read */
  constructor(
    private readonly dialect: Dialect,
    private row: number,
  ) {}

  read(text: string): Reading {
    let header = true;
    const onRecord = (record: string[]): null => {
      this.row += 1;
      if (!header) {
        this.readRecord(record);
      }
      header = false;
      return null; // Collected above: the parser keeps nothing.
    };
    try {
      parse(text, { ...RFC_4180, delimiter: this.dialect.delimiter, on_record: onRecord });
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
    if (record.length > MAX_COLUMNS) {
      throw new FileFormatUnknownError(`Row ${this.row} has more than ${MAX_COLUMNS} columns.`);
    }
    if (record.every((field) => field.trim() === '')) {
      return;
    }
    this.title ??= this.dialect.columns.of(record, 'playlistTitle');
    this.collector.add(this.row, trackOf(record, this.dialect.columns), record.join(this.dialect.delimiter));
  }
}

function trackOf(record: string[], columns: CsvColumns): RawTrack {
  const albumArtist = firstArtist({
    names: columns.of(record, 'albumArtists') ?? '',
    count: countIds(columns.of(record, 'albumArtistIds')),
  });
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

function artistOf(record: string[], columns: CsvColumns, albumArtist: string): string {
  return firstArtist({
    names: columns.of(record, 'artists') ?? '',
    count: countIds(columns.of(record, 'artistIds')),
    albumArtist: albumArtist || undefined,
  });
}

/** The delimiter under which the first row is a header we know: no counting, so names full of commas do not mislead. */
function findDialect(text: string): Dialect | null {
  const start = text.slice(0, HEADER_LENGTH);
  for (const delimiter of DELIMITERS) {
    const columns = CsvColumns.find(firstRecord(start, delimiter));
    if (columns) {
      return { delimiter, columns };
    }
  }
  return null;
}

function firstRecord(text: string, delimiter: string): string[] {
  try {
    return parse(text, { ...RFC_4180, delimiter, to: 1 })[0] ?? [];
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
