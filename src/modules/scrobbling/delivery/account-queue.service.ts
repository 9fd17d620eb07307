import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import { type AccountDependents, AccountDependentsRegistry, type WaitingCounts } from '../../lastfm/index.js';
import { DailyBudget } from '../budget/daily-budget.service.js';
import { ActiveRuns } from '../runs/active-runs.service.js';
import { DeliveryLanesService } from './delivery-lanes.service.js';
import { LASTFM } from './delivery-state.js';

/** Keeps a user's queue and run in step with their Last.fm account, within the transaction that changes it. */
@Injectable()
export class AccountQueue implements AccountDependents, OnModuleInit {
  constructor(
    private readonly registry: AccountDependentsRegistry,
    private readonly dataSource: DataSource,
    private readonly lanes: DeliveryLanesService,
    private readonly budget: DailyBudget,
    private readonly activeRuns: ActiveRuns,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** The run before the lane: the ticker locks in this order too. */
  async lock(tx: Transaction, userId: UserId): Promise<void> {
    await this.activeRuns.lock(tx, userId);
    await this.lanes.lock(tx, [userId]);
  }

  async onLinked(tx: Transaction, userId: UserId, usernameKey: string): Promise<void> {
    const now = this.clock.now();
    const isOther = await this.budget.startFor(tx, userId, usernameKey);
    await tx.manager.query(
      `update delivery d
          set state = case when l.parked_until > $3 then 'held' else 'queued' end,
              reason = case when l.parked_until > $3 then 'parked' end,
              next_attempt_at = greatest(l.parked_until, $3::timestamptz)
         from delivery_lane l
        where l.user_id = $1 and l.destination = $2 and d.user_id = $1 and d.destination = $2
          and d.state = 'held' and d.reason in ('not_linked', 'key_rejected')`,
      [userId, LASTFM, now],
    );
    await tx.manager.query('update delivery_lane set failures = 0 where user_id = $1 and destination = $2', [
      userId,
      LASTFM,
    ]);
    await this.lanes.serveFrom(tx, userId, now);
    await this.lanes.wakeDispatchers(tx);
    await this.activeRuns.resumeAfterLink(tx, userId, isOther);
    await allScrobblesChanged(tx, userId);
  }

  async onRejected(tx: Transaction, userId: UserId): Promise<void> {
    await this.lanes.holdWaiting(tx, userId, 'key_rejected');
    await this.activeRuns.pause(tx, userId, 'key_rejected');
    await allScrobblesChanged(tx, userId);
  }

  async onDisabled(tx: Transaction, userId: UserId): Promise<void> {
    await this.activeRuns.pause(tx, userId, 'scrobbling_disabled');
  }

  /** What was sent to the former account cannot be looked up in the new one: sending it there might double it. */
  async onReplaced(tx: Transaction, userId: UserId): Promise<void> {
    const now = this.clock.now();
    await tx.manager.query(
      `update delivery set state = 'cancelled', reason = 'account_replaced', next_attempt_at = null, settled_at = $3
        where user_id = $1 and destination = $2 and state = 'sending'`,
      [userId, LASTFM, now],
    );
    await tx.manager.query(
      `update delivery set state = 'queued', reason = null, next_attempt_at = $3
        where user_id = $1 and destination = $2 and state = 'held' and reason = 'parked'`,
      [userId, LASTFM, now],
    );
    await this.lanes.reset(tx, userId);
  }

  /** What is on its way this moment is cancelled too; if Last.fm takes it all the same, that is recorded. */
  async onDisconnected(tx: Transaction, userId: UserId): Promise<void> {
    await tx.manager.query(
      `update delivery set state = 'cancelled', reason = 'disconnected', next_attempt_at = null, settled_at = $3
        where user_id = $1 and destination = $2 and state in ('queued', 'held', 'sending')`,
      [userId, LASTFM, this.clock.now()],
    );
    await this.lanes.reset(tx, userId);
    await this.activeRuns.stop(tx, userId);
    await allScrobblesChanged(tx, userId);
  }

  async countWaiting(userId: UserId): Promise<WaitingCounts> {
    const [counts]: WaitingCounts[] = await this.dataSource.query(
      `select count(*) filter (where state <> 'held')::int as queued, count(*) filter (where state = 'held')::int as held
         from delivery where user_id = $1 and destination = $2 and state in ('queued', 'held', 'sending')`,
      [userId, LASTFM],
    );
    return counts ?? { queued: 0, held: 0 };
  }
}

/** No ids: more than can be named. */
function allScrobblesChanged(tx: Transaction, userId: UserId): Promise<void> {
  return tx.updateLive(userId, { kind: 'scrobble', ids: [] });
}
