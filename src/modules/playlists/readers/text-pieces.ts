import { setImmediate } from 'node:timers/promises';

import { PlaylistTooLongError } from '../playlists.errors.js';
import { FileFormatUnknownError } from './reading.errors.js';

/** A text that comes piece by piece: a line, a name or a pair of quotation marks may go from one to the next. */
export type TextPieces = AsyncIterable<string>;

/** Ten lines a track; what has more is no playlist. Counting is quick, so this comes before any parsing. */
const MAX_LINES = 100_000;
/** In characters. Parsers need seconds for lines of millions, so lines are measured before they run. */
const MAX_LINE_LENGTH = 100_000;
const PIECE_LENGTH = 64 * 1024;
const LINE_BREAK = /\r\n|\n|\r/g;

/** Lets other requests be answered between any two pieces. */
export async function* unhurried(pieces: Iterable<string>): AsyncGenerator<string> {
  for (const piece of pieces) {
    yield piece;
    await setImmediate();
  }
}

/** A text that is there as a whole, in pieces. */
export function* slicesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; start += PIECE_LENGTH) {
    yield text.slice(start, start + PIECE_LENGTH);
  }
}

/** For a format that can only be read as a whole. */
export async function joined(pieces: TextPieces): Promise<string> {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
  }
  return text;
}

/**
 * Line by line, without ever holding them all. The last line need not end in a line break.
 *
 * @throws PlaylistTooLongError, FileFormatUnknownError for a line that nobody has written
 */
export async function* linesOf(pieces: TextPieces): AsyncGenerator<string> {
  const limit = new LineLimit();
  let rest = '';
  for await (const piece of pieces) {
    // A line feed may follow in the next piece.
    const text = rest + piece;
    const isOpen = text.endsWith('\r');
    let start = 0;
    for (const { 0: lineBreak, index } of (isOpen ? text.slice(0, -1) : text).matchAll(LINE_BREAK)) {
      limit.endLine();
      yield text.slice(start, index);
      start = index + lineBreak.length;
    }
    rest = text.slice(start);
    limit.refuseLong(rest.length);
  }
  yield* rest.split(LINE_BREAK);
}

/**
 * The same pieces, with the lines in them counted and measured as they pass.
 *
 * @throws PlaylistTooLongError, FileFormatUnknownError
 */
export async function* withLimitedLines(pieces: TextPieces): AsyncGenerator<string> {
  const limit = new LineLimit();
  let openLength = 0;
  for await (const piece of pieces) {
    let start = 0;
    for (const { 0: lineBreak, index } of piece.matchAll(LINE_BREAK)) {
      limit.refuseLong(openLength + index - start);
      limit.endLine();
      openLength = 0;
      start = index + lineBreak.length;
    }
    openLength += piece.length - start;
    limit.refuseLong(openLength);
    yield piece;
  }
}

class LineLimit {
  private count = 0;

  endLine(): void {
    this.count += 1;
    if (this.count > MAX_LINES) {
      throw new PlaylistTooLongError(`This file has more than ${MAX_LINES.toLocaleString('en')} lines.`);
    }
  }

  refuseLong(length: number): void {
    if (length > MAX_LINE_LENGTH) {
      throw new FileFormatUnknownError(
        `A row of this file is longer than ${MAX_LINE_LENGTH.toLocaleString('en')} characters.`,
      );
    }
  }
}
