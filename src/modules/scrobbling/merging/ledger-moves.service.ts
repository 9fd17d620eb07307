import { Injectable } from '@nestjs/common';
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import type { UserMerge } from '../../../common/user-data/user-data-registry.js';
import { Delivery } from '../delivery/delivery.entity.js';
import { Scrobble } from '../ledger/scrobble.entity.js';
import { LedgerMove } from './ledger-move.entity.js';

/** No call comes back later than this. */
const REMEMBERED = `interval '1 day'`;

/**
 * Moves everything of one user's ledger to another. The user is part of the keys and says the partition, so scrobbles and
 * deliveries are written again there and deleted here: one statement a table, however many there are.
 */
@Injectable()
export class LedgerMoves {
  constructor(private readonly clock: Clock) {}

  /** Both users' lanes must be locked. */
  async move(manager: EntityManager, merge: UserMerge): Promise<void> {
    const users = [merge.fromUserId, merge.intoUserId];
    await manager.query('update scrobble_run set user_id = $2 where user_id = $1', users);
    await this.copy(manager, Scrobble, users);
    await this.copy(manager, Delivery, users);
    await manager.query('update scrobble_resend set user_id = $2 where user_id = $1', users);
    // The deliveries first: then the scrobbles have nothing to take along, one by one.
    await manager.query('delete from delivery where user_id = $1', [merge.fromUserId]);
    await manager.query('delete from scrobble where user_id = $1', [merge.fromUserId]);
    await this.remember(manager, merge);
  }

  /** Where a user's ledger is now; null: the user has been deleted. */
  async whereIs(manager: EntityManager, userId: UserId): Promise<UserId | null> {
    const move = await manager.findOneBy(LedgerMove, { fromUserId: userId });
    return move?.intoUserId ?? null;
  }

  /** Every column, whichever there will be. */
  private async copy<Row extends ObjectLiteral>(
    manager: EntityManager,
    entity: EntityTarget<Row>,
    users: readonly UserId[],
  ): Promise<void> {
    const { tableName, columns } = manager.dataSource.getMetadata(entity);
    const names = columns.map(({ databaseName }) => databaseName);
    const values = names.map((name) => (name === 'user_id' ? '$2::uuid' : name));
    await manager.query(
      `insert into ${tableName} (${names.join(', ')}) select ${values.join(', ')} from ${tableName}
        where user_id = $1 for update`,
      [...users],
    );
  }

  /** Who moved to the user that moves now is found at the end of the way. */
  private async remember(manager: EntityManager, { fromUserId, intoUserId }: UserMerge): Promise<void> {
    const now = this.clock.now();
    await manager.query(`delete from ledger_move where moved_at < $1::timestamptz - ${REMEMBERED}`, [now]);
    await manager.query('update ledger_move set into_user_id = $2 where into_user_id = $1', [fromUserId, intoUserId]);
    await manager.insert(LedgerMove, { fromUserId, intoUserId, movedAt: now });
  }
}
