import { PlaylistTooLongError } from '../playlists.errors.js';

/** Ten lines a track; what has more is no playlist. Counting is quick, so this comes before any parsing. */
const MAX_LINES = 100_000;
const LINE_BREAK = /\r\n|\n|\r/g;

/** @throws PlaylistTooLongError */
export function refuseTooManyLines(text: string): void {
  const lineBreaks = text.matchAll(LINE_BREAK);
  for (let count = 0; !lineBreaks.next().done; count += 1) {
    if (count >= MAX_LINES) {
      throw new PlaylistTooLongError(`This file has more than ${MAX_LINES.toLocaleString('en')} lines.`);
    }
  }
}

/** Line by line, without ever holding them all. The last line need not end in a line break. */
export function* linesOf(text: string): Generator<string> {
  let start = 0;
  for (const { 0: lineBreak, index } of text.matchAll(LINE_BREAK)) {
    yield text.slice(start, index);
    start = index + lineBreak.length;
  }
  yield text.slice(start);
}
