import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { UserId } from '../common/ids.js';
import type { ExportedTable } from '../common/user-data/exported-table.js';
import { type UserDataHolder, type UserMerge, UserDataRegistry } from '../common/user-data/user-data-registry.js';

/** The queue may hold jobs that name a user. Of one that is being done at this moment the row goes when it is done. */
@Injectable()
export class JobsData implements UserDataHolder, OnModuleInit {
  readonly exported: readonly ExportedTable[] = [];

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

  /** Also of those that are being done: one that fails then is done again for the user who stays. */
  async mergeInto(manager: EntityManager, { fromUserId, intoUserId }: UserMerge): Promise<void> {
    await manager.query(
      `update graphile_worker._private_jobs set payload = replace(payload::text, $1, $2)::json
        where payload::text like $3`,
      [fromUserId, intoUserId, `%"${fromUserId}"%`],
    );
  }
}
