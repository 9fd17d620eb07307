import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import type { UserId } from '../../../common/ids.js';
import { type UserDataHolder, type UserMerge, UserDataRegistry } from '../../../common/user-data/user-data-registry.js';
import { TaskHandlers } from '../../../jobs/task-handlers.js';

/** The audit trail is kept for a time, and outlives a user in a form that names nobody. */
@Injectable()
export class SecurityEventsData implements UserDataHolder, OnModuleInit {
  constructor(
    private readonly registry: UserDataRegistry,
    private readonly tasks: TaskHandlers,
    private readonly audit: AuditTrail,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
    this.tasks.register('audit.purge', () => this.audit.purge());
  }

  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    await this.audit.anonymise(manager, userId);
  }

  async mergeInto(manager: EntityManager, { fromUserId, intoUserId }: UserMerge): Promise<void> {
    await manager.query('update audit_entry set user_id = $2 where user_id = $1', [fromUserId, intoUserId]);
  }
}
