import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { UserId } from '../../common/ids.js';
import { type UserDataHolder, UserDataRegistry } from '../../common/user-data/user-data-registry.js';

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
}
