import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import type { UserId } from '../../../common/ids.js';
import type { ExportedTable } from '../../../common/user-data/exported-table.js';
import { type UserDataHolder, type UserMerge, UserDataRegistry } from '../../../common/user-data/user-data-registry.js';
import { TaskHandlers } from '../../../jobs/task-handlers.js';

const EXPORTED: readonly ExportedTable[] = [
  {
    name: 'security-events',
    about: 'what happened to the safety of your account in the last year.',
    columns: { action: 'action', network: 'network', device: 'device', details: 'details', occurredAt: 'occurred_at' },
    from: 'audit_entry where user_id = $1',
    orderBy: 'occurred_at, id',
  },
];

/** The audit trail is kept for a time, and outlives a user in a form that names nobody. */
@Injectable()
export class SecurityEventsData implements UserDataHolder, OnModuleInit {
  readonly exported = EXPORTED;

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
    for (const column of ['user_id', 'actor_id']) {
      await manager.query(`update audit_entry set ${column} = $2 where ${column} = $1`, [fromUserId, intoUserId]);
    }
  }
}
