import { Injectable, type OnModuleInit } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import {
  type AccountDependents,
  AccountDependentsRegistry,
  type AccountMerge,
  type WaitingCounts,
} from '../../lastfm/index.js';
import { DailyBudget } from '../budget/daily-budget.service.js';
import { QueueMerges } from '../merging/queue-merges.service.js';
import { ActiveRuns } from '../runs/active-runs.service.js';
import { DeliveryLanesService } from './delivery-lanes.service.js';
import { LASTFM } from './delivery-state.js';

/** Keeps a user's queue and run in step with their Last.fm account, within the transaction that changes it. */
@Injectable()
export class AccountQueue implements AccountDependents, OnModuleInit {
  constructor(
    private readonly registry: AccountDependentsRegistry,
    private readonly lanes: DeliveryLanesService,
    private readonly budget: DailyBudget,
    private readonly activeRuns: ActiveRuns,
    private readonly merges: QueueMerges,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** The runs before the lanes: the ticker locks in this order too. */
  async lock(tx: Transaction, userIds: readonly UserId[]): Promise<void> {
    for (const userId of userIds.toSorted()) {
      await this.activeRuns.lock(tx, userId);
    }
    await this.lanes.lock(tx, userIds);
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
          and ((d.state = 'held' and d.reason in ('not_linked', 'key_rejected'))
               or (d.state = 'queued' and l.parked_until > $3))`,
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

  countWaiting(userId: UserId): Promise<WaitingCounts> {
    return this.lanes.countWaiting(userId);
  }

  /** A run goes with its account: at most one of the two users has both afterwards. */
  async onMerging(tx: Transaction, merge: AccountMerge): Promise<void> {
    await this.merges.recordSamePlays(tx, merge);
    for (const userId of [merge.fromUserId, merge.intoUserId]) {
      if (userId !== merge.keptOf) {
        await this.activeRuns.stop(tx, userId);
      }
    }
    if (merge.goes?.waiting === 'send') {
      await this.onReplaced(tx, merge.goes.userId);
    } else if (merge.goes) {
      await this.onDisconnected(tx, merge.goes.userId);
    }
    await this.merges.keepLane(tx, merge);
  }
}

/** No ids: more than can be named. */
function allScrobblesChanged(tx: Transaction, userId: UserId): Promise<void> {
  return tx.updateLive(userId, { kind: 'scrobble', ids: [] });
}
