import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { UserId } from '../common/ids.js';
import { type UserDataHolder, UserDataRegistry } from '../common/user-data/user-data-registry.js';

/** The queue may hold jobs that name a user. Of one that is being done at this moment the row goes when it is done. */
@Injectable()
export class JobsData implements UserDataHolder, OnModuleInit {
  constructor(private readonly registry: UserDataRegistry) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    await manager.query(
      `select graphile_worker.complete_jobs(array(
         select id from graphile_worker._private_jobs where locked_at is null and payload::text like $1))`,
      [`%"${userId}"%`],
    );
  }
}
