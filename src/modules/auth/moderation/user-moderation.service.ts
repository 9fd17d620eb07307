import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { LoginSessionsService } from '../login-sessions/login-sessions.service.js';
import { LoginChallenge } from '../second-factor/login-challenge.entity.js';
import { ApiToken } from '../tokens/api-token.entity.js';
import { Roles } from '../users/roles.service.js';
import { User, type UserRole } from '../users/user.entity.js';
import { HigherRoleError, OwnAccountError, UserGoneError } from './moderation.errors.js';

/** What moderators and administrators do to the accounts of others; each act stands in the audit trail with who did it. */
@Injectable()
export class UserModeration {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly loginSessions: LoginSessionsService,
    private readonly roles: Roles,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps somebody out: every browser is signed out, every personal token revoked, and they cannot sign in. Nothing of
   * theirs is deleted. Whoever is suspended already may be suspended again.
   * @throws OwnAccountError, HigherRoleError, UserGoneError
   */
  async suspend(by: UserId, userId: UserId, reason: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const user = await this.lockOther(tx.manager, by, userId);
      if (user.suspendedAt) {
        return;
      }
      await tx.manager.update(User, { id: userId }, { suspendedAt: this.clock.now() });
      await this.endAccess(tx.manager, userId);
      await this.audit.record(tx.manager, { action: 'user.suspended', userId, by, details: { reason } });
      await tx.publishDurably('user.suspended', { userId });
    });
  }

  /** Lets somebody in again. @throws OwnAccountError, HigherRoleError, UserGoneError */
  async lift(by: UserId, userId: UserId): Promise<void> {
    await this.unitOfWork.run(async ({ manager }) => {
      const user = await this.lockOther(manager, by, userId);
      if (user.suspendedAt) {
        await manager.update(User, { id: userId }, { suspendedAt: null });
        await this.audit.record(manager, { action: 'user.suspension-lifted', userId, by });
      }
    });
  }

  /**
   * Signs out every browser of somebody and revokes their personal tokens, where somebody else may have them.
   * @throws OwnAccountError, HigherRoleError, UserGoneError
   */
  async resetLogins(by: UserId, userId: UserId): Promise<void> {
    await this.unitOfWork.run(async ({ manager }) => {
      await this.lockOther(manager, by, userId);
      const details = await this.endAccess(manager, userId);
      await this.audit.record(manager, { action: 'user.reset-by-moderator', userId, by, details });
    });
  }

  /** @throws OwnAccountError, UserGoneError */
  async changeRole(by: UserId, userId: UserId, role: UserRole): Promise<void> {
    await this.unitOfWork.run(({ manager }) => this.lockOther(manager, by, userId));
    await this.roles.change(userId, role, by);
  }

  /** Serial with their sign-ins, so that none slips past. */
  private async lockOther(manager: EntityManager, by: UserId, userId: UserId): Promise<User> {
    if (by === userId) {
      throw new OwnAccountError();
    }
    const user = await manager.findOne(User, { where: { id: userId }, lock: { mode: 'for_no_key_update' } });
    if (!user) {
      throw new UserGoneError();
    }
    const actor = await manager.findOneByOrFail(User, { id: by });
    if (user.role !== 'user' && actor.role !== 'admin') {
      throw new HigherRoleError();
    }
    return user;
  }

  private async endAccess(manager: EntityManager, userId: UserId): Promise<Record<string, string>> {
    const logins = await this.loginSessions.endOthersWithin(manager, userId, null);
    await manager.delete(LoginChallenge, { userId });
    const { affected } = await manager.delete(ApiToken, { userId });
    return { logins: String(logins), tokens: String(affected ?? 0) };
  }
}
