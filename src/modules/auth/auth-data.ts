import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { UserId } from '../../common/ids.js';
import { type UserDataHolder, UserDataRegistry } from '../../common/user-data/user-data-registry.js';

/** What auth keeps about users: ways to sign in, login sessions, tokens and notifications. */
@Injectable()
export class AuthData implements UserDataHolder, OnModuleInit {
  constructor(private readonly registry: UserDataRegistry) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    for (const table of ['notification', 'api_token', 'sign_in_attempt', 'login_session', 'identity']) {
      await manager.query(`delete from ${table} where user_id = $1`, [userId]);
    }
  }
}
