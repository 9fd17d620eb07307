import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { UserId } from '../../common/ids.js';
import {
  type UserDataCount,
  type UserDataHolder,
  type UserMerge,
  UserDataRegistry,
} from '../../common/user-data/user-data-registry.js';

/** What playlists keeps about users. */
@Injectable()
export class PlaylistsData implements UserDataHolder, OnModuleInit {
  constructor(private readonly registry: UserDataRegistry) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    await manager.query('delete from playlist where owner_id = $1', [userId]);
  }

  /** With their titles, also where both have one of that name: only their person knows which to keep. */
  async mergeInto(manager: EntityManager, { fromUserId, intoUserId }: UserMerge): Promise<void> {
    await manager.query('update playlist set owner_id = $2 where owner_id = $1', [fromUserId, intoUserId]);
  }

  async countFor(manager: EntityManager, userId: UserId): Promise<UserDataCount[]> {
    const rows: Array<{ count: number }> = await manager.query(
      'select count(*)::int as count from playlist where owner_id = $1',
      [userId],
    );
    return [{ what: 'playlists', count: rows[0]?.count ?? 0 }];
  }
}
