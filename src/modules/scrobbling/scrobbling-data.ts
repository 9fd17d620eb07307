import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { UserId } from '../../common/ids.js';
import { type UserDataHolder, UserDataRegistry } from '../../common/user-data/user-data-registry.js';

/** What scrobbling keeps about users: runs, imports, the ledger with its deliveries, and lanes. */
@Injectable()
export class ScrobblingData implements UserDataHolder, OnModuleInit {
  constructor(private readonly registry: UserDataRegistry) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    await manager.query('delete from scrobble_run where user_id = $1', [userId]);
    await manager.query('delete from scrobble_import where user_id = $1', [userId]);
    await manager.query('delete from scrobble where user_id = $1', [userId]);
    await manager.query('delete from delivery_lane where user_id = $1', [userId]);
  }
}
