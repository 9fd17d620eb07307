import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { PostgresChannel } from '../../../events/postgres-channel.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import type { WaitingCounts } from '../../lastfm/index.js';
import { nextUtcMidnight } from '../budget/utc-day.js';
import type { ScrobbleSource } from '../ledger/play.js';
import type { LaneAfterwards } from './delivery-outcome.js';
import { BATCH_MAX, LASTFM } from './delivery-state.js';
import type { LaneLease } from './lane-lease.js';
import { IDLE_PRIORITY, PRIORITY, PRIORITY_OF_NEXT } from './lane-priority.js';

export interface LockedLane {
  userId: UserId;
  parkedUntil: Date | null;
  leaseId: string | null;
}

/** Who may touch an account's queue, and when it wants to be served. */
@Injectable()
export class DeliveryLanesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly channel: PostgresChannel,
    private readonly clock: Clock,
  ) {}

  /** Locks the lanes of these users until the transaction ends, in one order everywhere, so that nobody deadlocks. */
  async lock({ manager }: Transaction, userIds: readonly UserId[]): Promise<Map<UserId, LockedLane>> {
    const sorted = [...new Set(userIds)].sort();
    await manager.query(
      `insert into delivery_lane (user_id, destination, priority, failures, batch_limit)
       select unnest($1::uuid[]), $2, $3, 0, $4 on conflict do nothing`,
      [sorted, LASTFM, IDLE_PRIORITY, BATCH_MAX],
    );
    return this.lockExisting({ manager }, sorted);
  }

  /** The same for users who have a lane already; one without is missing. */
  async lockExisting(
    { manager }: Pick<Transaction, 'manager'>,
    userIds: readonly UserId[],
  ): Promise<Map<UserId, LockedLane>> {
    const lanes: LockedLane[] = await manager.query(
      `select user_id as "userId", parked_until as "parkedUntil", lease_id as "leaseId" from delivery_lane
        where user_id = any($1::uuid[]) and destination = $2 order by user_id for update`,
      [userIds, LASTFM],
    );
    return new Map(lanes.map((lane) => [lane.userId, lane]));
  }

  /**
   * Something of this source waits in these lanes. A lane that backs off after a failure keeps its moment; one that only
   * waits for tomorrow's budget is looked at now. The wake-up may be lost: the lanes are looked at every second.
   */
  async markDue({ manager }: Transaction, due: ReadonlyMap<UserId, ScrobbleSource>): Promise<void> {
    await manager.query(
      `update delivery_lane l set next_attempt_at = case when failures > 0 then coalesce(next_attempt_at, $3)
                                  else greatest(parked_until, least(next_attempt_at, $3)) end,
              priority = least(l.priority, d.priority)
         from unnest($1::uuid[], $2::int[]) as d (user_id, priority)
        where l.user_id = d.user_id and l.destination = $4`,
      [[...due.keys()], [...due.values()].map((source) => PRIORITY[source]), this.clock.now(), LASTFM],
    );
    await this.wakeDispatchers({ manager });
  }

  /** How much of a user's waits for its turn, and how much for something to be mended. */
  async countWaiting(userId: UserId): Promise<WaitingCounts> {
    const [counts]: WaitingCounts[] = await this.dataSource.query(
      `select count(*) filter (where state <> 'held')::int as queued, count(*) filter (where state = 'held')::int as held
         from delivery where user_id = $1 and destination = $2 and state in ('queued', 'held', 'sending')`,
      [userId, LASTFM],
    );
    return counts ?? { queued: 0, held: 0 };
  }

  async wakeDispatchers({ manager }: Pick<Transaction, 'manager'>): Promise<void> {
    await this.channel.notify(manager, 'delivery-due', ['']);
  }

  /** The account cannot be served: what waits is held, to be released when it is linked again. */
  async holdWaiting(tx: Transaction, userId: UserId, reason: 'key_rejected' | 'not_linked'): Promise<void> {
    await tx.manager.query(
      `update delivery set state = 'held', reason = $3, next_attempt_at = null
        where user_id = $1 and destination = $2
          and (state = 'queued' or (state = 'held' and reason in ('parked', 'not_linked')))`,
      [userId, LASTFM, reason],
    );
    await this.rest(tx, userId);
  }

  /** Nothing is wrong with what waits, but it cannot be served for a while. */
  async postpone({ manager }: Transaction, userId: UserId, seconds: number): Promise<void> {
    await manager.query(
      `update delivery_lane set next_attempt_at = $3::timestamptz + make_interval(secs => $4)
        where user_id = $1 and destination = $2`,
      [userId, LASTFM, this.clock.now(), seconds],
    );
  }

  /** As if it had never been used: the next account starts without the last one's parking, failures and calls. */
  async reset({ manager }: Transaction, userId: UserId): Promise<void> {
    await manager.query(
      `update delivery_lane set next_attempt_at = null, parked_until = null, priority = $3, lease_id = null,
              leased_until = null, failures = 0, batch_limit = $4 where user_id = $1 and destination = $2`,
      [userId, LASTFM, IDLE_PRIORITY, BATCH_MAX],
    );
  }

  /**
   * Nothing in the lane can be sent today. What is queued all the same is automation beyond the daily budget: it goes at
   * the next UTC midnight. A failure before it is over: what is not automation must not wait that long for it.
   */
  async restUntilNextDay(tx: Transaction, userId: UserId, now: Date): Promise<void> {
    const midnight = nextUtcMidnight(now);
    await tx.manager.query(
      `update delivery set reason = 'daily_budget', next_attempt_at = $3
        where user_id = $1 and destination = $2 and state = 'queued'`,
      [userId, LASTFM, midnight],
    );
    await tx.manager.query('update delivery_lane set failures = 0 where user_id = $1 and destination = $2', [
      userId,
      LASTFM,
    ]);
    await this.serveFrom(tx, userId, midnight);
  }

  /** Whatever waits in the lane is served from then on, as urgently as the most urgent of it; if nothing does, it rests. */
  async serveFrom({ manager }: Transaction, userId: UserId, moment: Date): Promise<void> {
    await manager.query(
      `update delivery_lane l
          set next_attempt_at = case when next.priority is not null then greatest(l.parked_until, $3::timestamptz) end,
              priority = coalesce(next.priority, $4)
         from (${PRIORITY_OF_NEXT}) as next
        where l.user_id = $1 and l.destination = $2`,
      [userId, LASTFM, moment, IDLE_PRIORITY],
    );
  }

  /** A call is over. Only whoever holds the lease gives the lane back. What waits in a parked lane is held with it. */
  async giveBack({ manager }: Transaction, lease: LaneLease, lane: LaneAfterwards): Promise<void> {
    if (lane.parkedUntil) {
      await manager.query(
        `update delivery set state = 'held', reason = 'parked', next_attempt_at = $3
          where user_id = $1 and destination = $2 and (state = 'queued' or (state = 'held' and reason = 'parked'))`,
        [lease.userId, LASTFM, lane.parkedUntil],
      );
    }
    await manager.query(
      `update delivery_lane l
          set lease_id = null, leased_until = null, failures = $4, batch_limit = $5, parked_until = $6,
              next_attempt_at = case when next.priority is not null then coalesce($7::timestamptz, $8) end,
              priority = coalesce(next.priority, $9)
         from (${PRIORITY_OF_NEXT}) as next
        where l.user_id = $1 and l.destination = $2 and l.lease_id = $3`,
      [
        lease.userId,
        LASTFM,
        lease.leaseId,
        lane.failures,
        lane.batchLimit,
        lane.parkedUntil,
        lane.nextAttemptAt,
        this.clock.now(),
        IDLE_PRIORITY,
      ],
    );
  }

  /** Nothing in the lane can be sent: it is not looked at again until something is marked due. */
  async rest({ manager }: Transaction, userId: UserId): Promise<void> {
    await manager.query(
      `update delivery_lane set next_attempt_at = null, priority = $3 where user_id = $1 and destination = $2`,
      [userId, LASTFM, IDLE_PRIORITY],
    );
  }
}
