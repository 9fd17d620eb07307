import { Readable } from 'node:stream';

import { stringify } from 'csv-stringify/sync';
import yazl from 'yazl';

import type { ExportedRow } from '../../../common/user-data/exported-table.js';

export interface ArchivedFile {
  name: string;
  /** Begun when its turn has come: one after the other. */
  content: () => Iterable<string> | AsyncIterable<string>;
}

/** A zip of files that are made while it is read; in memory is what lies between. */
export function zipOf(files: Iterable<ArchivedFile>, madeAt: Date): AsyncIterable<Buffer> {
  const zip = new yazl.ZipFile();
  const output = zip.outputStream as Readable;
  zip.on('error', (error: Error) => output.destroy(error));
  for (const { name, content } of files) {
    zip.addReadStreamLazy(name, { mtime: madeAt }, (begin) => {
      begin(null, Readable.from(content()));
    });
  }
  zip.end();
  return output;
}

/** The same bytes in pieces of at least this size, but for the last. */
export async function* inChunks(bytes: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let gathered = 0;
  for await (const piece of bytes) {
    pieces.push(piece);
    gathered += piece.length;
    if (gathered >= size) {
      yield Buffer.concat(pieces);
      [pieces, gathered] = [[], 0];
    }
  }
  if (gathered > 0) {
    yield Buffer.concat(pieces);
  }
}

/** A JSON array with a row on each line. */
export async function* asJson(batches: AsyncIterable<ExportedRow[]>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const rows of batches) {
    yield before + rows.map((row) => JSON.stringify(row)).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

/** With a mark by which spreadsheets know it is UTF-8, and an apostrophe before what they would run as a formula. */
export async function* asCsv(columns: string[], batches: AsyncIterable<ExportedRow[]>): AsyncGenerator<string> {
  yield stringify([], { header: true, columns, bom: true });
  for await (const rows of batches) {
    yield stringify(rows, {
      columns,
      escape_formulas: true,
      cast: {
        boolean: String,
        date: (moment) => moment.toISOString(),
        object: (value) => JSON.stringify(value),
      },
    });
  }
}
