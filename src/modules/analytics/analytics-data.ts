import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { UserId } from '../../common/ids.js';
import { type UserDataHolder, type UserMerge, UserDataRegistry } from '../../common/user-data/user-data-registry.js';

/** What statistics keep about users: counts of the ledger, which is exported itself. */
@Injectable()
export class AnalyticsData implements UserDataHolder, OnModuleInit {
  readonly exported = [];

  constructor(private readonly registry: UserDataRegistry) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** Its own row first: then nobody counts any more. What the ledger still tells goes with the user's row. */
  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    await manager.query('delete from listening_statistics where user_id = $1', [userId]);
    await manager.query('delete from listening_count where user_id = $1', [userId]);
  }

  /** The ledger has moved, and what that changes is counted like anything else. */
  async mergeInto(manager: EntityManager, { fromUserId }: UserMerge): Promise<void> {
    await this.eraseFor(manager, fromUserId);
  }
}
