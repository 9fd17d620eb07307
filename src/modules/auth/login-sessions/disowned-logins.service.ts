import { Injectable } from '@nestjs/common';
import { EntityManager, IsNull, MoreThan, MoreThanOrEqual } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import type { LoginSessionId, UserId } from '../../../common/ids.js';
import { LoginIsCurrentError, LoginNotFoundError } from '../auth.errors.js';
import { hashOf } from '../guard/opaque-token.js';
import { Identity } from '../identities/identity.entity.js';
import { PasswordIdentities } from '../identities/password-identities.service.js';
import { LoginChallenge } from '../second-factor/login-challenge.entity.js';
import { ApiToken } from '../tokens/api-token.entity.js';
import { lockUser } from '../users/lock-user.js';
import { withdrawProofs } from '../users/withdraw-proofs.js';
import { LoginSession } from './login-session.entity.js';

/** What the person has to do now. */
export interface Disowned {
  passwordChangeRequired: boolean;
  isAnyWayInLeft: boolean;
}

/** "This was not me." */
@Injectable()
export class DisownedLogins {
  constructor(
    private readonly manager: EntityManager,
    private readonly passwords: PasswordIdentities,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Ends a login with every personal token made and every way in added since it began, a password included, and lets an
   * older password sign nobody in until it is changed: whoever it was may know it.
   * @param token the login of the browser that asks
   * @returns whether there is a password, which has to be changed now, and whether any way to sign in is left at all
   * @throws LoginNotFoundError, also for someone else's
   * @throws LoginIsCurrentError for the one that asks
   */
  async disown(userId: UserId, id: LoginSessionId, token: string): Promise<Disowned> {
    return this.manager.transaction(async (manager) => {
      // So that no sign-in under way with the password that is suspected from now on slips past this.
      await lockUser(manager, userId);
      const login = await manager.findOne(LoginSession, {
        where: { id, userId, endedAt: IsNull() },
        lock: { mode: 'pessimistic_write' },
      });
      if (!login) {
        throw new LoginNotFoundError();
      }
      if (login.tokenHash === hashOf(token)) {
        throw new LoginIsCurrentError();
      }
      await manager.delete(LoginSession, { id });
      await manager.delete(LoginChallenge, { userId });
      const { affected } = await manager.delete(ApiToken, { userId, createdAt: MoreThanOrEqual(login.createdAt) });
      // Not `OrEqual`: whoever registers in this way gets the login in the same moment.
      const { affected: removed } = await manager.delete(Identity, { userId, createdAt: MoreThan(login.createdAt) });
      await withdrawProofs(manager, userId);
      const passwordChangeRequired = await this.passwords.suspect(manager, userId);
      const details = {
        device: login.device,
        tokensRevoked: String(affected ?? 0),
        waysInRemoved: String(removed ?? 0),
      };
      await this.audit.record(manager, { action: 'login.disowned', userId, details });
      return { passwordChangeRequired, isAnyWayInLeft: await manager.existsBy(Identity, { userId }) };
    });
  }
}
