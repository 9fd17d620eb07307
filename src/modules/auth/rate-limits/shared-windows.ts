import { createHash } from 'node:crypto';

import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { ThrottlerStorage } from '@nestjs/throttler';
import type { DataSource } from 'typeorm';

import { Clock } from '../../../common/clock.js';

type Hit = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** What this replica knows of one caller's window. */
interface Window {
  startsAt: number;
  /** Requests of the shared limit that this replica has taken for itself and not spent yet. */
  inHand: number;
  /** Requests that all replicas together have taken, as far as this one knows. */
  taken: number;
  /** The question that is under way; whoever comes meanwhile waits for its answer. */
  lease: Promise<void> | undefined;
}

/** A lease is this part of the limit. A limit below it is leased one by one, and so held exactly. */
const LEASES_PER_WINDOW = 20;
/** Callers remembered at once. Whoever is forgotten leases anew, so only the rest of a lease is lost. */
const MOST_WINDOWS = 50_000;
const KEPT_MS = 10 * 60_000;

/**
 * Fixed windows that all replicas share. Each takes a block of a caller's limit from the database and counts within it in
 * memory: a request costs a map lookup, and one in `limit / 20` an upsert of an unlogged row. What is handed out never
 * exceeds the limit; a caller whose requests go to several replicas may be refused up to a block early for each of them.
 * A caller who is refused costs the database nothing until the window ends.
 */
@Injectable()
export class SharedWindows implements ThrottlerStorage {
  private readonly logger = new Logger(SharedWindows.name);
  private readonly windows = new Map<string, Window>();
  private sweptAt = 0;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** @param ttl milliseconds of a window; the times in the answer are seconds */
  async increment(key: string, ttl: number, limit: number): Promise<Hit> {
    const now = this.clock.now().getTime();
    const window = this.windowOf(key, now, ttl);
    const leaveToGo = await this.spend(key, window, limit);
    const secondsLeft = Math.max(1, Math.ceil((window.startsAt + ttl - now) / 1000));
    const left = Math.max(0, limit - window.taken) + window.inHand;
    return {
      totalHits: leaveToGo ? limit - left : limit + 1,
      timeToExpire: secondsLeft,
      isBlocked: !leaveToGo,
      timeToBlockExpire: leaveToGo ? 0 : secondsLeft,
    };
  }

  /** Forgets windows that are long over. */
  async purge(): Promise<void> {
    await this.dataSource.query('delete from rate_limit_window where starts_at < $1', [
      new Date(this.clock.now().getTime() - KEPT_MS),
    ]);
  }

  private async spend(key: string, window: Window, limit: number): Promise<boolean> {
    while (window.inHand === 0 && window.taken < limit) {
      window.lease ??= this.lease(key, window, limit).finally(() => {
        window.lease = undefined;
      });
      await window.lease;
    }
    if (window.inHand === 0) {
      return false;
    }
    window.inHand -= 1;
    return true;
  }

  /** Takes the next block. While the database is away, each replica holds the limit by itself. */
  private async lease(key: string, window: Window, limit: number): Promise<void> {
    const block = Math.max(1, Math.floor(limit / LEASES_PER_WINDOW));
    let taken: number;
    try {
      taken = await this.take(key, window, block);
    } catch (error) {
      this.logger.warn({ err: error }, 'Rate limits are not shared at the moment: the database does not answer.');
      taken = window.taken + block;
    }
    window.inHand += Math.max(0, Math.min(block, limit - (taken - block)));
    window.taken = taken;
  }

  /** @returns how much all replicas have taken by now, this block included; it may go past the limit */
  private async take(key: string, { startsAt }: Window, block: number): Promise<number> {
    const [row]: Array<{ taken: number }> = await this.dataSource.query(
      `insert into rate_limit_window as w (key, starts_at, taken) values ($1, $2, $3)
       on conflict (key) do update set
         taken = case when w.starts_at < excluded.starts_at then 0 else w.taken end + excluded.taken,
         starts_at = greatest(w.starts_at, excluded.starts_at)
       returning taken`,
      [createHash('sha256').update(key).digest('base64url'), new Date(startsAt), block],
    );
    return row?.taken ?? block;
  }

  private windowOf(key: string, now: number, ttl: number): Window {
    const startsAt = Math.floor(now / ttl) * ttl;
    const known = this.windows.get(key);
    if (known?.startsAt === startsAt) {
      return known;
    }
    this.sweep(startsAt);
    const window = { startsAt, inHand: 0, taken: 0, lease: undefined };
    this.windows.set(key, window);
    return window;
  }

  /** Once a window, drops those of the former ones; the oldest go when there are too many all the same. */
  private sweep(startsAt: number): void {
    if (this.sweptAt !== startsAt) {
      this.sweptAt = startsAt;
      for (const [key, window] of this.windows) {
        if (window.startsAt !== startsAt) {
          this.windows.delete(key);
        }
      }
    }
    if (this.windows.size >= MOST_WINDOWS) {
      const [oldest = ''] = this.windows.keys();
      this.windows.delete(oldest);
    }
  }
}
