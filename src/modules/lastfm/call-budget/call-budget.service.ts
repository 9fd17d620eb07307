import { setTimeout as delay } from 'node:timers/promises';

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { AppConfig } from '../../../config/app-config.js';
import { LastfmUnavailableError } from '../lastfm.errors.js';
import { LastfmCallBudget } from './call-budget.entity.js';
import type { CallPermit } from './call-permit.js';

const EGRESS = 'default';
/** Over so long Last.fm takes the average. */
const AVERAGED_SECONDS = 5 * 60;
const LONGEST_WAIT_MS = 5_000;
const LONGEST_IDLE_WAIT_MS = 10_000;
/** Nobody waits for such a call, so it leaves this part of the burst to those that somebody waits for. */
const KEPT_FROM_IDLE_WORK = 0.9;
const PERMIT: CallPermit = { __brand: 'CallPermit' };

/** Leave for none, one or several calls; for none, when to ask again. */
export interface Permits {
  permits: CallPermit[];
  availableAt: Date | null;
}

/** No call is made until then. */
export interface Halt {
  until: Date;
  reason: string;
  /** Our key is refused: it does not pass by itself. */
  needsOperator: boolean;
}

/**
 * Last.fm allows 5 calls a second from one address, averaged over 5 minutes (terms of service 4.4). One row in the
 * database is the bucket, so all replicas share it: GCRA, which needs a single timestamp and one atomic update.
 */
@Injectable()
export class CallBudget implements OnModuleInit {
  /**
   * Between two calls of the steady rate, in whole microseconds as PostgreSQL keeps time. A little more than the rate
   * alone asks for: a burst and five minutes of steady calls after it must not exceed the average either.
   */
  private readonly intervalUs: number;
  /** How far ahead of the steady rate the calls may run. */
  private readonly toleranceUs: number;
  private readonly idleToleranceUs: number;

  constructor(
    @InjectRepository(LastfmCallBudget) private readonly budgets: Repository<LastfmCallBudget>,
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    const { callsPerSecond, callBurst } = config.lastfm;
    const callsInPeriod = callsPerSecond * AVERAGED_SECONDS;
    const burst = Math.min(callBurst, Math.ceil(callsInPeriod / 2));
    this.intervalUs = Math.ceil((AVERAGED_SECONDS * 1e6) / (callsInPeriod - burst));
    this.toleranceUs = (burst - 1) * this.intervalUs;
    this.idleToleranceUs = (Math.ceil(burst * (1 - KEPT_FROM_IDLE_WORK)) - 1) * this.intervalUs;
  }

  async onModuleInit(): Promise<void> {
    await this.budgets.query(
      'insert into lastfm_call_budget (id, next_free_at) values ($1, $2) on conflict do nothing',
      [EGRESS, this.clock.now()],
    );
  }

  /**
   * For a call that a person waits for (signing in, now playing). It takes the next place even when the burst is spent,
   * so it goes before any backlog, and resolves when that place has come.
   * @throws LastfmUnavailableError when traffic is halted or the place is more than 5 s away
   */
  async acquire(): Promise<CallPermit> {
    const now = this.clock.now();
    const [rows]: [Array<{ next_free_at: Date }>, number] = await this.budgets.query(
      `update lastfm_call_budget set next_free_at = greatest(next_free_at, $2) + $3::bigint * interval '1 us'
        where id = $1 and (halted_until is null or halted_until <= $2)
          and next_free_at <= $2::timestamptz + $4::bigint * interval '1 us' returning next_free_at`,
      [EGRESS, now, this.intervalUs, this.toleranceUs + LONGEST_WAIT_MS * 1000],
    );
    const [taken] = rows;
    if (!taken) {
      throw new LastfmUnavailableError(); // No place was taken: being refused costs the others nothing.
    }
    const waitMs = this.placeOf(taken.next_free_at) - now.getTime();
    if (waitMs > 0) {
      await delay(waitMs);
    }
    return PERMIT;
  }

  /** For backlog: the permits that are free this moment, at most so many, otherwise when to ask again. */
  async tryAcquire(most: number): Promise<Permits> {
    return this.take(most, this.toleranceUs);
  }

  /**
   * For work that nobody waits for: takes a place only while hardly any of the burst is in use, so never before a backlog.
   * @throws LastfmUnavailableError when there is no such moment within 10 seconds
   */
  async acquireWhenIdle(): Promise<CallPermit> {
    const giveUpAt = performance.now() + LONGEST_IDLE_WAIT_MS;
    for (;;) {
      const { permits, availableAt } = await this.take(1, this.idleToleranceUs);
      const [permit] = permits;
      if (permit) {
        return permit;
      }
      const waitMs = Math.max(1, (availableAt?.getTime() ?? 0) - this.clock.now().getTime());
      if (performance.now() + waitMs > giveUpAt) {
        throw new LastfmUnavailableError();
      }
      await delay(waitMs);
    }
  }

  /** Gives back permits that were not used. */
  async giveBack(permits: readonly CallPermit[]): Promise<void> {
    if (permits.length > 0) {
      await this.budgets.query(
        `update lastfm_call_budget set next_free_at = next_free_at - $2::bigint * interval '1 us' where id = $1`,
        [EGRESS, permits.length * this.intervalUs],
      );
    }
  }

  /** Stops all calls of all replicas until then: our key is refused, or Last.fm told us to slow down. */
  async halt({ until, reason, needsOperator }: Halt): Promise<void> {
    await this.budgets.query(
      `update lastfm_call_budget set halted_until = $2, halted_reason = $3, needs_operator = $4
        where id = $1 and (halted_until is null or halted_until < $2)`,
      [EGRESS, until, reason, needsOperator],
    );
  }

  /** Why nothing is sent at the moment, or null. */
  async findHalt(): Promise<Halt | null> {
    const { haltedUntil, haltedReason, needsOperator } = await this.budgets.findOneByOrFail({ id: EGRESS });
    const isHalted = haltedUntil !== null && haltedUntil > this.clock.now();
    return isHalted ? { until: haltedUntil, reason: haltedReason ?? '', needsOperator } : null;
  }

  private async take(most: number, toleranceUs: number): Promise<Permits> {
    const [rows]: [Array<{ count: number }>, number] = await this.budgets.query(
      `with budget as (
         select id, extract(epoch from greatest(next_free_at, $2) - $2::timestamptz) * 1000000 as ahead
           from lastfm_call_budget where id = $1 and (halted_until is null or halted_until <= $2) for update),
       free as (
         select id, least($5, 1 + div($4::bigint - ahead, $3::bigint))::int as count from budget where ahead <= $4::bigint)
       update lastfm_call_budget b
          set next_free_at = greatest(next_free_at, $2) + free.count * $3::bigint * interval '1 us'
         from free where b.id = free.id returning free.count`,
      [EGRESS, this.clock.now(), this.intervalUs, toleranceUs, most],
    );
    const count = rows[0]?.count ?? 0;
    return {
      permits: Array<CallPermit>(count).fill(PERMIT),
      availableAt: count > 0 ? null : await this.nextFreeMoment(toleranceUs),
    };
  }

  private async nextFreeMoment(toleranceUs: number): Promise<Date> {
    const { nextFreeAt, haltedUntil } = await this.budgets.findOneByOrFail({ id: EGRESS });
    const free = nextFreeAt.getTime() - toleranceUs / 1000;
    return new Date(Math.max(free, haltedUntil?.getTime() ?? 0));
  }

  /** The moment at which the call that moved `nextFreeAt` to this value may be made. */
  private placeOf(nextFreeAt: Date): number {
    return nextFreeAt.getTime() - (this.intervalUs + this.toleranceUs) / 1000;
  }
}
