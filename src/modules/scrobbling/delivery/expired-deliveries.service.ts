import { Injectable, type OnModuleInit } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import { groupBy } from '../../../common/collections/group-by.js';
import type { ScrobbleId, UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { TaskHandlers } from '../../../jobs/task-handlers.js';
import type { DeliveryReason } from './delivery-reason.js';

const OVER = `d.state in ('queued', 'held') and d.deadline_at <= $1`;

/**
 * A call may have carried it, and nobody could look it up for a week after its deadline: the account stayed rejected, or
 * its profile cannot be read. Looking it up is worth while for longer than sending it. A call under way is left alone.
 */
const NEVER_LOOKED_UP = `
  d.state = 'sending' and d.deadline_at <= $1::timestamptz - interval '7 days'
  and not exists (select from delivery_lane l where l.user_id = d.user_id and l.destination = d.destination
                                                and l.leased_until > $1)`;

const expire = (reason: DeliveryReason, which: string): string => `
  update delivery d set state = 'expired', reason = '${reason}', settled_at = $1, next_attempt_at = null
   where ${which} returning d.user_id, d.scrobble_id`;

/** In one order, and without what someone else is writing at this moment: the next time will do. */
const unlocked = (which: string): string => `
  (d.user_id, d.scrobble_id, d.destination) in (
    select d.user_id, d.scrobble_id, d.destination from delivery d where ${which}
     order by d.user_id, d.scrobble_id for update skip locked)`;

/** What Last.fm would no longer take is marked so, and never re-dated. */
@Injectable()
export class ExpiredDeliveries implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tasks: TaskHandlers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.tasks.register('deliveries.expire', () => this.expireAll());
  }

  /** Of these accounts, before their next call, under the locks of their lanes. */
  async expireOf(tx: Transaction, userIds: readonly UserId[]): Promise<void> {
    await this.expire(tx, expire('older_than_14_days', `${OVER} and d.user_id = any($2::uuid[])`), [
      this.clock.now(),
      userIds,
    ]);
  }

  /** Of everyone: an account that is not linked is never served, and its scrobbles expire all the same. */
  async expireAll(): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.expire(tx, expire('older_than_14_days', unlocked(OVER)), [this.clock.now()]);
      await this.expire(tx, expire('never_looked_up', unlocked(NEVER_LOOKED_UP)), [this.clock.now()]);
    });
  }

  private async expire(tx: Transaction, sql: string, params: unknown[]): Promise<void> {
    const [rows]: [Array<{ user_id: UserId; scrobble_id: ScrobbleId }>, number] = await tx.manager.query(sql, params);
    const expired = groupBy(rows, ({ user_id: userId }) => userId);
    if (expired.size > 0) {
      await tx.updateLiveOfMany(
        [...expired].map(([userId, deliveries]) => ({
          userId,
          update: { kind: 'scrobble', ids: deliveries.map((row) => row.scrobble_id) },
        })),
      );
    }
  }
}
