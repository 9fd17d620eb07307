import type { UserId } from '../../../common/ids.js';
import type { DayRange, LocalDay, PeriodCover } from './period.js';

/** What statistics are asked of: a user's plays in a range of days, and how that is put together of what is counted. */
export interface CountedPeriod {
  userId: UserId;
  timeZone: string;
  today: LocalDay;
  /** As asked for; null: from the beginning. */
  from: LocalDay | null;
  to: LocalDay;
  /** From the first to the last day with plays; null: there are none. */
  played: DayRange | null;
  cover: PeriodCover;
}
