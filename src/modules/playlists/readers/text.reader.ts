import type { Reading } from './reading.js';
import { linesOf, refuseTooManyLines } from './text-lines.js';
import { TrackCollector } from './track-collector.js';

/** `1. `, `01) `: how lists are numbered by hand. */
const NUMBERING = /^\d{1,5}[.)]\s+/;
/** A hyphen, an en dash or an em dash between blanks. */
const SEPARATOR = / [-–—] /;

/**
 * One `Artist - Title` a line. A tab separates too, and then a third column is the album. The first separator counts:
 * titles hold one more often than artists do (`Nacho - Báilame - Remix`). Blank lines and lines that begin with `#`
 * are no rows.
 *
 * @throws PlaylistTooLongError
 */
export function readTextLines(text: string): Reading {
  refuseTooManyLines(text);
  const collector = new TrackCollector();
  let row = 0;
  for (const line of linesOf(text)) {
    row += 1;
    const content = line.trim();
    if (content !== '' && !content.startsWith('#')) {
      readLine(content, row, collector);
    }
  }
  return collector.finish();
}

function readLine(content: string, row: number, collector: TrackCollector): void {
  const [artist, title, album = ''] = columnsOf(content.replace(NUMBERING, ''));
  if (artist === undefined || title === undefined) {
    collector.skip(row, 'There is no " - " between artist and title.', content);
    return;
  }
  collector.add(row, { artist, title, album, durationSeconds: null }, content);
}

function columnsOf(content: string): string[] {
  if (content.includes('\t')) {
    return content.split('\t');
  }
  const separator = SEPARATOR.exec(content);
  return separator
    ? [content.slice(0, separator.index), content.slice(separator.index + separator[0].length)]
    : [content];
}
