import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { UserId } from '../../common/ids.js';
import { type UserDataHolder, type UserMerge, UserDataRegistry } from '../../common/user-data/user-data-registry.js';

/** What lastfm keeps about users: the account with its session key, and handshakes. */
@Injectable()
export class LastfmData implements UserDataHolder, OnModuleInit {
  constructor(private readonly registry: UserDataRegistry) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    await manager.query('delete from lastfm_handshake where user_id = $1', [userId]);
    await manager.query('delete from lastfm_account where user_id = $1', [userId]);
  }

  /** A handshake under way ends: start again. The account has been moved or let go of by `LastfmAccountMerges` before. */
  async mergeInto(manager: EntityManager, { fromUserId }: UserMerge): Promise<void> {
    await manager.query('delete from lastfm_handshake where user_id = $1', [fromUserId]);
  }
}
