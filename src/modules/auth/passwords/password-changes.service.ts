import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import type { UserId } from '../../../common/ids.js';
import { PasswordIdentities } from '../identities/password-identities.service.js';
import { LoginSessionsService } from '../login-sessions/login-sessions.service.js';
import { WrongPasswordError } from './passwords.errors.js';

/** New passwords for old ones. */
@Injectable()
export class PasswordChanges {
  constructor(
    private readonly manager: EntityManager,
    private readonly passwords: PasswordIdentities,
    private readonly loginSessions: LoginSessionsService,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Signs out every browser but the one with this token. Of two changes at once the first one wins: the other's current
   * password is no longer right.
   * @throws NoPasswordError for someone who signs in without one
   * @throws WrongPasswordError
   */
  async change(userId: UserId, current: string, wanted: string, token: string): Promise<void> {
    const former = await this.passwords.verifyOf(userId, current);
    if (former === null) {
      await this.audit.record(this.manager, { action: 'password.refused', userId });
      throw new WrongPasswordError();
    }
    const passwordHash = await this.passwords.hash(wanted);
    await this.manager.transaction(async (manager) => {
      if (!(await this.passwords.replace(manager, userId, former, passwordHash))) {
        throw new WrongPasswordError();
      }
      await this.loginSessions.endOthersWithin(manager, userId, token);
      await this.audit.record(manager, { action: 'password.changed', userId });
    });
  }
}
