import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { UserId } from '../../common/ids.js';
import {
  type UserDataCount,
  type UserDataHolder,
  type UserMerge,
  UserDataRegistry,
} from '../../common/user-data/user-data-registry.js';
import { LedgerMoves } from './merging/ledger-moves.service.js';

/** What scrobbling keeps about users: runs, imports, the ledger with its deliveries, and lanes. */
@Injectable()
export class ScrobblingData implements UserDataHolder, OnModuleInit {
  constructor(
    private readonly registry: UserDataRegistry,
    private readonly moves: LedgerMoves,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    await manager.query('delete from scrobble_run where user_id = $1', [userId]);
    await manager.query('delete from scrobble_import where user_id = $1', [userId]);
    await manager.query('delete from scrobble where user_id = $1', [userId]);
    await manager.query('delete from delivery_lane where user_id = $1', [userId]);
    await manager.query('delete from ledger_move where into_user_id = $1', [userId]);
  }

  /** The lane has gone with its account by now: see `QueueMerges`. */
  async mergeInto(manager: EntityManager, merge: UserMerge): Promise<void> {
    await this.moves.move(manager, merge);
    await this.moveImports(manager, merge);
  }

  /** An import that is not over is cancelled: its job knows it by the former user. What it has recorded has moved. */
  private async moveImports(manager: EntityManager, { fromUserId, intoUserId }: UserMerge): Promise<void> {
    await manager.query(
      `delete from scrobble_import_chunk c using scrobble_import i where i.id = c.import_id and i.user_id = $1`,
      [fromUserId],
    );
    await manager.query(
      `update scrobble_import set user_id = $2, finished_at = coalesce(finished_at, now()),
              state = case when finished_at is null or state = 'undoing' then 'cancelled' else state end
        where user_id = $1`,
      [fromUserId, intoUserId],
    );
  }

  async countFor(manager: EntityManager, userId: UserId): Promise<UserDataCount[]> {
    const rows: UserDataCount[] = await manager.query(
      `select 'scrobbles' as what, count(*)::int as count from scrobble where user_id = $1
       union all select 'runs', count(*)::int from scrobble_run where user_id = $1`,
      [userId],
    );
    return rows;
  }
}
