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
    const played = await this.playedDays(userId);
    const cover = played ? coverOf({ from: from ?? played.from, to }, played) : { whole: [], rest: [] };
    return { userId, timeZone, today, from, to, played, cover };
  }

  private async playedDays(userId: UserId): Promise<DayRange | null> {
    const [row]: [{ from: LocalDay | null; to: LocalDay | null }] = await this.dataSource.query(
      `select min(period) as "from", max(period) as "to" from listening_count where user_id = $1 and facet = 'plays' and plays > 0`,
      [userId],
    );
    return row.from !== null && row.to !== null ? { from: row.from, to: row.to } : null;
  }
}

function dayIn(dayOrMoment: string, timeZone: string): LocalDay {
  return dayOrMoment.includes('T') ? localDay(new Date(dayOrMoment), timeZone) : dayOrMoment;
}
