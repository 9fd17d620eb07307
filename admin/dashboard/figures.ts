import type { DataSource } from 'typeorm';

import type { Clock } from '../../src/common/clock.js';
import { LoadingCache } from '../../src/common/collections/loading-cache.js';

/** So much is counted that it is not counted again for every look. */
const KEPT_MS = 60_000;
const DAY_MS = 86_400_000;
const DAYS = 30;

/** One bar of a chart. */
export interface Bar {
  label: string;
  count: number;
}

/** What the first page of the panel shows. */
export interface FiguresRead {
  deliveries: Bar[];
  failures: Bar[];
  signUps: Bar[];
  activeRuns: Bar[];
  /** How long the oldest scrobble that could be sent has waited, in seconds; null: none waits. */
  queueAgeSeconds: number | null;
  failedJobs: number;
  readAt: string;
}

/** Counts for the first page of the panel. */
export class Figures {
  private readonly cache: LoadingCache<FiguresRead>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.cache = new LoadingCache(clock, KEPT_MS, 1);
  }

  read(): Promise<FiguresRead> {
    return this.cache.get('figures', () => this.count());
  }

  private async count(): Promise<FiguresRead> {
    const now = this.clock.now();
    return {
      deliveries: await this.bars(
        'select state as label, count(*)::int as count from delivery group by 1 order by 2 desc',
      ),
      failures: await this.bars(
        `select coalesce(reason, 'unknown') || coalesce(' (' || verdict_code || ')', '') as label, count(*)::int as count
           from delivery where state = 'failed' group by 1 order by 2 desc limit 10`,
      ),
      signUps: await this.bars(
        `select to_char(day, 'YYYY-MM-DD') as label, count(u.id)::int as count
           from generate_series($1::timestamptz, $2, interval '1 day') day
           left join app_user u on u.created_at >= day and u.created_at < day + interval '1 day'
          group by day order by day`,
        [startOfDay(now, DAYS - 1), startOfDay(now, 0)],
      ),
      activeRuns: await this.bars(
        `select coalesce(paused_reason, state) as label, count(*)::int as count from scrobble_run
          where state in ('running', 'paused') group by 1 order by 2 desc`,
      ),
      queueAgeSeconds: await this.queueAge(now),
      failedJobs: await this.failedJobs(),
      readAt: now.toISOString(),
    };
  }

  private bars(sql: string, params: unknown[] = []): Promise<Bar[]> {
    return this.dataSource.query<Bar[]>(sql, params);
  }

  /** Only what waits for us: what is held waits for its user, and what is parked for the next day. */
  private async queueAge(now: Date): Promise<number | null> {
    const [{ oldest }] = await this.dataSource.query<[{ oldest: Date | null }]>(
      `select min(coalesce(sent_at, created_at)) as oldest from delivery
        where state in ('queued', 'held', 'sending') and state <> 'held' and next_attempt_at <= $1`,
      [now],
    );
    return oldest && Math.max(0, Math.round((now.getTime() - oldest.getTime()) / 1000));
  }

  private async failedJobs(): Promise<number> {
    const [{ n }] = await this.dataSource.query<[{ n: number }]>(
      'select count(*)::int as n from graphile_worker._private_jobs where attempts >= max_attempts',
    );
    return n;
  }
}

/** Midnight in UTC, so many days ago. */
function startOfDay(now: Date, daysAgo: number): Date {
  return new Date(Math.floor(now.getTime() / DAY_MS - daysAgo) * DAY_MS);
}
