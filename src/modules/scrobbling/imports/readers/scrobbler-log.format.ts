import type { HistoryFormat, HistoryInput } from './history-format.js';
import type { HistoryRow } from './history-row.js';
import { asWallClockIn, readMoment } from './played-at.js';
import { rowOf, skippedRow } from './row-of.js';
import { textLines } from './text-lines.js';

const HEADER = '#AUDIOSCROBBLER/1';
/** Written by players without a clock zone: their unix times are what the wall clock showed, as if that were UTC. */
export const UNKNOWN_TIME_ZONE = /^#TZ\/UNKNOWN\s*$/m;
/** What Rockbox calls a file without tags. */
const UNTAGGED = '<Untagged>';

/**
 * `.scrobbler.log` of Rockbox and other players (Portable Player Logging 1.0 and 1.1 of audioscrobbler.net): tab-separated
 * artist, album, title, track number, seconds, rating `L` (listened) or `S` (skipped), start time.
 */
export const scrobblerLog: HistoryFormat = {
  name: 'scrobbler-log',
  matches: (beginning) => beginning.startsWith(HEADER),
  read,
};

async function* read({ bytes, timeZone }: HistoryInput): AsyncGenerator<HistoryRow> {
  let isLocal = false;
  for await (const { row, line } of textLines(bytes)) {
    isLocal ||= UNKNOWN_TIME_ZONE.test(line);
    if (line.trim() !== '' && !line.startsWith('#')) {
      yield readLine(row, line, isLocal ? timeZone : 'utc');
    }
  }
}

function readLine(row: number, line: string, timeZone: string): HistoryRow {
  const [artist, album, title, , length, rating, startedAt] = line.split('\t');
  if (rating === 'S') {
    return skippedRow(row, 'It was skipped before half of it was heard.', line);
  }
  if (rating !== 'L') {
    return skippedRow(row, 'This is no row of a scrobbler log.', line);
  }
  const moment = readMoment(startedAt);
  return rowOf(
    row,
    {
      artist: artist === UNTAGGED ? '' : artist,
      title,
      album,
      durationSeconds: Number(length),
      playedAt: moment && asWallClockIn(timeZone, moment),
    },
    line,
  );
}
