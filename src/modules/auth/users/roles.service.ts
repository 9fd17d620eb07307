import { Injectable } from '@nestjs/common';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import type { UserId } from '../../../common/ids.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { EmailTakenError, WrongCredentialsError } from '../auth.errors.js';
import { PasswordIdentities } from '../identities/password-identities.service.js';
import { PasswordChangeRequiredError } from '../passwords/passwords.errors.js';
import { lockUser } from './lock-user.js';
import { User, type UserRole } from './user.entity.js';
import { UsersService } from './users.service.js';

/** How the making of the first administrator went. */
export type Bootstrap = 'made' | 'there-is-one' | 'address-is-taken';

/** Who may do more than others. Only whoever runs the installation decides that. */
@Injectable()
export class Roles {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UsersService,
    private readonly passwords: PasswordIdentities,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Counts from the next request on. What somebody is already they may be made again.
   * @param by the administrator who decides it; null: the operator
   */
  async change(userId: UserId, role: UserRole, by: UserId | null = null): Promise<void> {
    await this.unitOfWork.run(async ({ manager }) => {
      const user = await lockUser(manager, userId);
      if (user.role !== role) {
        await manager.update(User, { id: userId }, { role });
        const details = { from: user.role, to: role };
        await this.audit.record(manager, { action: 'role.changed', userId, by, details });
      }
    });
  }

  /**
   * Makes the first administrator; once there is one, nothing. May be killed and repeated, and called twice at once.
   * Whoever has registered with the address before is made one only if this is their password: anyone could have.
   */
  async bootstrap(email: string, password: string): Promise<Bootstrap> {
    const hasOne = await this.unitOfWork.run(({ manager }) => manager.existsBy(User, { role: 'admin' }));
    if (hasOne) {
      return 'there-is-one';
    }
    const userId = await this.registeredWith(email, password);
    if (!userId) {
      return 'address-is-taken';
    }
    await this.change(userId, 'admin');
    return 'made';
  }

  private async registeredWith(email: string, password: string): Promise<UserId | null> {
    try {
      return (await this.users.register({ email, password, displayName: 'Administrator' })).id;
    } catch (error) {
      if (!(error instanceof EmailTakenError)) {
        throw error;
      }
    }
    try {
      return (await this.passwords.requireUser(email, password)).userId;
    } catch (error) {
      if (error instanceof WrongCredentialsError || error instanceof PasswordChangeRequiredError) {
        return null;
      }
      throw error;
    }
  }
}
