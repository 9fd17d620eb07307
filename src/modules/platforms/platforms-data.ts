import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { UserId } from '../../common/ids.js';
import type { ExportedTable } from '../../common/user-data/exported-table.js';
import { type UserDataHolder, type UserMerge, UserDataRegistry } from '../../common/user-data/user-data-registry.js';

const EXPORTED: readonly ExportedTable[] = [
  {
    name: 'platform-accounts',
    about: 'accounts at Spotify that you have connected.',
    columns: {
      platform: 'platform',
      id: 'external_id',
      name: 'name',
      state: 'state',
      allowed: 'scope',
      connectedAt: 'connected_at',
      endsAt: 'consent_ends_at',
    },
    from: 'platform_account where user_id = $1',
    orderBy: 'platform',
  },
];

/** What platforms keeps about users: connected accounts with their tokens. */
@Injectable()
export class PlatformsData implements UserDataHolder, OnModuleInit {
  readonly exported = EXPORTED;

  constructor(private readonly registry: UserDataRegistry) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    await manager.query('delete from platform_account where user_id = $1', [userId]);
  }

  /** The one of the user who stays, where both have one. */
  async mergeInto(manager: EntityManager, { fromUserId, intoUserId }: UserMerge): Promise<void> {
    await manager.query(
      `delete from platform_account going where user_id = $1
          and exists (select from platform_account kept where kept.user_id = $2 and kept.platform = going.platform)`,
      [fromUserId, intoUserId],
    );
    await manager.query('update platform_account set user_id = $2 where user_id = $1', [fromUserId, intoUserId]);
  }
}
