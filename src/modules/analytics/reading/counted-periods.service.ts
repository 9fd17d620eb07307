import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { UsersService } from '../../auth/index.js';
import { ListeningCounts } from '../counting/listening-counts.service.js';
import type { CountedPeriod } from './counted-period.js';
import { coverOf, type DayRange, type LocalDay, localDay } from './period.js';

/** A day in the user's time zone, or a moment; either may be absent. */
export interface AskedPeriod {
  from?: string | undefined;
  to?: string | undefined;
}

/** Before statistics are read: which days are meant, and that they are counted. */
@Injectable()
export class CountedPeriods {
  constructor(
    private readonly users: UsersService,
    private readonly counts: ListeningCounts,
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async count(userId: UserId, asked: AskedPeriod): Promise<CountedPeriod> {
    const { timeZone } = await this.users.require(userId);
    await this.counts.bringUpToDate(userId, timeZone);
    const today = localDay(this.clock.now(), timeZone);
    const from = asked.from === undefined ? null : dayIn(asked.from, timeZone);
    const to = asked.to === undefined ? today : dayIn(asked.to, timeZone);
    const { played, counted } = await this.findDays(userId);
    const cover = counted ? coverOf({ from: from ?? counted.from, to }, counted) : { whole: [], rest: [] };
    return { userId, timeZone, today, from, to, played, cover };
  }

  /** The days with plays, and those with anything that is counted: a duplicate is no play, and has a day all the same. */
  private async findDays(userId: UserId): Promise<{ played: DayRange | null; counted: DayRange | null }> {
    const [row]: [Record<'firstPlay' | 'lastPlay' | 'first' | 'last', LocalDay | null>] = await this.dataSource.query(
      `select min(period) filter (where facet = 'plays') as "firstPlay", max(period) filter (where facet = 'plays') as "lastPlay",
              min(period) as first, max(period) as last
         from listening_count
        where user_id = $1 and facet in ('plays', 'delivery') and length(period) = 10 and plays > 0`,
      [userId],
    );
    return { played: rangeOf(row.firstPlay, row.lastPlay), counted: rangeOf(row.first, row.last) };
  }
}

function rangeOf(from: LocalDay | null, to: LocalDay | null): DayRange | null {
  return from !== null && to !== null ? { from, to } : null;
}

function dayIn(dayOrMoment: string, timeZone: string): LocalDay {
  return dayOrMoment.includes('T') ? localDay(new Date(dayOrMoment), timeZone) : dayOrMoment;
}
