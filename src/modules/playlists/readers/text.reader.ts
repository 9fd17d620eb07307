import { artistAndTitleOf, withoutNumbering } from './artist-and-title.js';
import type { Reading } from './reading.js';
import { linesOf, type TextPieces } from './text-pieces.js';
import { TrackCollector } from './track-collector.js';

/**
 * One `Artist - Title` a line. A tab separates too, and then a third column is the album. Blank lines and lines that
 * begin with `#` are no rows.
 *
 * @throws PlaylistTooLongError
 */
export async function readTextLines(pieces: TextPieces): Promise<Reading> {
  const collector = new TrackCollector();
  let row = 0;
  for await (const line of linesOf(pieces)) {
    row += 1;
    const content = line.trim();
    if (content !== '' && !content.startsWith('#')) {
      readLine(content, row, collector);
    }
  }
  return collector.finish();
}

function readLine(content: string, row: number, collector: TrackCollector): void {
  const names = namesOf(withoutNumbering(content));
  if (names === null) {
    collector.skip(row, 'There is no " - " between artist and title.', content);
    return;
  }
  collector.add(row, { ...names, durationSeconds: null }, content);
}

function namesOf(content: string): { artist: string; title: string; album?: string } | null {
  if (!content.includes('\t')) {
    return artistAndTitleOf(content);
  }
  const [artist = '', title = '', album = ''] = content.split('\t');
  return { artist, title, album };
}
