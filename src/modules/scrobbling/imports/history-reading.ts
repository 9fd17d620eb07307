import type { ImportPreview } from './scrobble-import.entity.js';
import type { HistoryRow } from './readers/history-row.js';
import { DELIVERABLE_MS } from '../delivery/delivery-state.js';

const MAX_SKIPPED_LISTED = 200;
const SAMPLE = 10;
/** Clocks of people's machines differ a little. */
const FUTURE_TOLERANCE_MS = 60_000;

/** The row as it is, or skipped where nobody can have played it then. */
export function refuseImpossible(row: HistoryRow, now: Date): HistoryRow {
  if ('skipped' in row) {
    return row;
  }
  const { artist, title, playedAt } = row.play;
  const skip = (skipped: string): HistoryRow => ({ row: row.row, skipped, text: `${artist} - ${title}` });
  if (playedAt.getTime() > now.getTime() + FUTURE_TOLERANCE_MS) {
    return skip('The time is in the future: the clock was wrong.');
  }
  return playedAt.getTime() < 0 ? skip('The time is before 1970: the clock was wrong.') : row;
}

/** Counts what a history holds while it is read, in memory that does not grow. */
export class PreviewBuilder {
  private readonly preview: ImportPreview = {
    rows: 0,
    plays: 0,
    recent: 0,
    firstPlayedAt: null,
    lastPlayedAt: null,
    sample: [],
    skippedTotal: 0,
    skipped: [],
  };

  constructor(private readonly now: Date) {}

  add(given: HistoryRow): void {
    const row = refuseImpossible(given, this.now);
    this.preview.rows += 1;
    if ('skipped' in row) {
      this.skip(row);
    } else {
      this.count(row);
    }
  }

  finish(): ImportPreview {
    return this.preview;
  }

  private skip({ row, skipped, text }: Extract<HistoryRow, { skipped: string }>): void {
    this.preview.skippedTotal += 1;
    if (this.preview.skipped.length < MAX_SKIPPED_LISTED) {
      this.preview.skipped.push({ row, reason: skipped, text });
    }
  }

  private count({ play }: Extract<HistoryRow, { play: unknown }>): void {
    const { preview } = this;
    const playedAt = play.playedAt.toISOString();
    preview.plays += 1;
    preview.recent += play.playedAt.getTime() > this.now.getTime() - DELIVERABLE_MS ? 1 : 0;
    preview.firstPlayedAt = earlier(preview.firstPlayedAt, playedAt);
    preview.lastPlayedAt = later(preview.lastPlayedAt, playedAt);
    if (preview.sample.length < SAMPLE) {
      const { artist, title, album } = play;
      preview.sample.push({ artist, title, album, playedAt });
    }
  }
}

/** ISO moments of one form compare as text. */
const earlier = (one: string | null, other: string): string => (one !== null && one < other ? one : other);
const later = (one: string | null, other: string): string => (one !== null && one > other ? one : other);
