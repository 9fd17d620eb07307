import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { isUniqueViolation } from '../../../common/database/is-unique-violation.js';
import type { UserId } from '../../../common/ids.js';
import { EmailTakenError } from '../auth.errors.js';
import { Identity } from '../identities/identity.entity.js';
import { PasswordIdentities } from '../identities/password-identities.service.js';
import { LoginSessionsService } from '../login-sessions/login-sessions.service.js';
import { LoginChallenge } from '../second-factor/login-challenge.entity.js';
import { lockUser } from '../users/lock-user.js';
import { withdrawProofs } from '../users/withdraw-proofs.js';
import { PasswordExistsError, WrongPasswordError } from './passwords.errors.js';

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
   * Signs out every browser but the one with this token, and ends sign-ins that still want their second factor and links
   * that set a new password. Of two changes at once the first one wins: the other's current password is no longer right.
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
      await lockUser(manager, userId);
      if (!(await this.passwords.replace(manager, userId, former, passwordHash))) {
        throw new WrongPasswordError();
      }
      await manager.delete(LoginChallenge, { userId });
      await withdrawProofs(manager, userId);
      await this.loginSessions.endOthersWithin(manager, userId, token);
      await this.audit.record(manager, { action: 'password.changed', userId });
    });
  }

  /**
   * A password for someone who signs in without one, as one more way in. Two at once wait for each other.
   * @throws PasswordExistsError
   * @throws EmailTakenError
   */
  async set(userId: UserId, email: string, wanted: string): Promise<void> {
    const passwordHash = await this.passwords.hash(wanted);
    try {
      await this.manager.transaction(async (manager) => {
        await lockUser(manager, userId);
        if (await manager.existsBy(Identity, { userId, kind: 'password' })) {
          throw new PasswordExistsError();
        }
        await this.passwords.add(manager, userId, email, passwordHash);
        const details = { method: 'password', name: email.toLowerCase() };
        await this.audit.record(manager, { action: 'identity.linked', userId, details });
      });
    } catch (error) {
      if (isUniqueViolation(error, 'one_identity_per_subject')) {
        throw new EmailTakenError();
      }
      throw error;
    }
  }
}
