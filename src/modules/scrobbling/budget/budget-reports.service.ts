import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { AppConfig } from '../../../config/app-config.js';
import { LASTFM } from '../delivery/delivery-state.js';
import { SCROBBLE_SOURCES, type ScrobbleSource } from '../ledger/play.js';
import { RunForecasts, type RunPauseForecast } from '../runs/run-forecasts.service.js';
import { DailyBudget } from './daily-budget.service.js';
import { nextUtcMidnight, utcDay } from './utc-day.js';

export interface BudgetReport {
  date: string;
  resetsAt: Date;
  used: number;
  cap: number;
  left: number;
  configuredCap: number;
  learned: { cap: number; on: string } | null;
  /** Last.fm takes no more of the account until then. */
  parkedUntil: Date | null;
  accepted: Record<ScrobbleSource, number>;
  /** Automation that has not been sent yet. */
  waiting: number;
  run: RunPauseForecast | null;
}

/** Where an account stands with its day, for people. */
@Injectable()
export class BudgetReports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly budget: DailyBudget,
    private readonly forecasts: RunForecasts,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  async report(userId: UserId): Promise<BudgetReport> {
    const now = this.clock.now();
    const lane = await this.budget.findLane(this.dataSource.manager, userId);
    const [accepted, waiting, run] = await Promise.all([
      this.countAccepted(userId, utcDay(now)),
      this.budget.countWaiting(this.dataSource.manager, userId),
      this.forecasts.findNextPause(userId),
    ]);
    const { learnedCap, learnedOn, parkedUntil } = lane;
    return {
      date: utcDay(now),
      resetsAt: nextUtcMidnight(now),
      ...this.budget.allowance(lane),
      configuredCap: this.config.lastfm.dailyAutomatic,
      learned: learnedCap !== null && learnedOn !== null ? { cap: learnedCap, on: learnedOn } : null,
      parkedUntil: parkedUntil && parkedUntil > now ? parkedUntil : null,
      accepted,
      waiting,
      run,
    };
  }

  /** What Last.fm took since midnight; nothing older than 14 days can be among it. */
  private async countAccepted(userId: UserId, today: string): Promise<Record<ScrobbleSource, number>> {
    const rows: Array<{ source: ScrobbleSource; count: number }> = await this.dataSource.query(
      `select s.source, count(*)::int as count
         from scrobble s join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id and d.destination = $2
        where s.user_id = $1 and s.played_at >= $3::timestamptz - interval '15 days'
          and d.state = 'accepted' and d.sent_at >= $3::timestamptz
        group by s.source`,
      [userId, LASTFM, `${today}T00:00:00Z`],
    );
    const counts = new Map(rows.map(({ source, count }) => [source, count]));
    return Object.fromEntries(SCROBBLE_SOURCES.map((source) => [source, counts.get(source) ?? 0])) as Record<
      ScrobbleSource,
      number
    >;
  }
}
