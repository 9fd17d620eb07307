import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

import { HistoryBrokenError } from '../imports.errors.js';

/** Nobody's play needs more; a file without line breaks must not fill the memory. */
const MAX_LINE = 1_000_000;

export interface TextLine {
  /** Counted from 1. */
  row: number;
  line: string;
}

/** The lines of a UTF-8 text, without its byte order mark. @throws HistoryBrokenError for an endless line */
export async function* textLines(bytes: Readable): AsyncGenerator<TextLine> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let row = 0;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE) {
      throw new HistoryBrokenError(`A line of this file is longer than ${MAX_LINE.toLocaleString('en')} characters`);
    }
    for (const line of lines) {
      row += 1;
      yield { row, line: cleaned(row, line) };
    }
  }
  const last = rest + decoder.end();
  if (last !== '') {
    yield { row: row + 1, line: cleaned(row + 1, last) };
  }
}

function cleaned(row: number, line: string): string {
  return (row === 1 ? line.replace(/^\ufeff/, '') : line).replace(/\r$/, '');
}
