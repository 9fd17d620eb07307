import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThan, MoreThan } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import { newId, type UserId } from '../../../common/ids.js';
import { AppConfig } from '../../../config/app-config.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { hashOf, newOpaqueToken } from '../guard/opaque-token.js';
import { PasswordIdentities } from '../identities/password-identities.service.js';
import { LoginSessionsService } from '../login-sessions/login-sessions.service.js';
import { LoginChallenge } from '../second-factor/login-challenge.entity.js';
import { lockUser } from '../users/lock-user.js';
import { withdrawProofs } from '../users/withdraw-proofs.js';
import { PasswordReset } from './password-reset.entity.js';
import { ResetLinkOverError } from './passwords.errors.js';

const VALID_MS = 60 * 60_000;
/** Links of one user that may be valid at once: more mails would only bother whoever gets them. */
const MOST_LINKS = 3;

/** New passwords for forgotten ones. */
@Injectable()
export class PasswordResets {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly passwords: PasswordIdentities,
    private readonly loginSessions: LoginSessionsService,
    private readonly audit: AuditTrail,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * A link that sets a new password, for a mail. It stands in this answer and nowhere else.
   * @returns null when the user has no password, is gone, or has three valid links already
   */
  async linkForMail(userId: UserId): Promise<{ id: string; email: string; link: string } | null> {
    const email = await this.passwords.findEmail(userId);
    return this.unitOfWork.run(async ({ manager }) => {
      if (email === null) {
        return null;
      }
      await lockUser(manager, userId);
      const valid = await manager.countBy(PasswordReset, { userId, expiresAt: MoreThan(this.clock.now()) });
      return valid < MOST_LINKS ? { email, ...(await this.add(manager, userId)) } : null;
    });
  }

  /** The same for whoever runs the installation, to be handed on. @throws NoPasswordError for someone without one */
  async linkForOperator(userId: UserId): Promise<string> {
    await this.passwords.requirePassword(userId);
    return this.unitOfWork.run(async ({ manager }) => {
      await lockUser(manager, userId);
      await this.audit.record(manager, { action: 'password.reset-link-made', userId, details: { by: 'operator' } });
      return (await this.add(manager, userId)).link;
    });
  }

  /** Of a link that could not be handed over nobody knows; it must not count. */
  async forget(id: string): Promise<void> {
    await this.unitOfWork.run(({ manager }) => manager.delete(PasswordReset, { id }));
  }

  /**
   * Sets the password, ends every login of the user and every other link. The second factor stays. Of two at once one wins.
   * @throws ResetLinkOverError when the link was used, has expired, or never was
   */
  async reset(token: string, password: string): Promise<void> {
    const live = { tokenHash: hashOf(token), expiresAt: MoreThan(this.clock.now()) };
    const asked = await this.unitOfWork.run(({ manager }) => manager.findOneBy(PasswordReset, live));
    if (!asked) {
      throw new ResetLinkOverError();
    }
    const { userId } = asked;
    const passwordHash = await this.passwords.hash(password);
    await this.unitOfWork.run(async ({ manager }) => {
      await lockUser(manager, userId);
      const { affected } = await manager.delete(PasswordReset, live);
      if (!affected) {
        throw new ResetLinkOverError();
      }
      await this.passwords.set(manager, userId, passwordHash);
      await withdrawProofs(manager, userId);
      await manager.delete(LoginChallenge, { userId });
      await this.loginSessions.endOthersWithin(manager, userId, null);
      await this.audit.record(manager, { action: 'password.reset', userId });
    });
  }

  async purgeExpired(): Promise<void> {
    await this.unitOfWork.run(({ manager }) =>
      manager.delete(PasswordReset, { expiresAt: LessThan(this.clock.now()) }),
    );
  }

  private async add(manager: EntityManager, userId: UserId): Promise<{ id: string; link: string }> {
    const { token, hash } = newOpaqueToken();
    const createdAt = this.clock.now();
    const id = newId();
    const expiresAt = new Date(createdAt.getTime() + VALID_MS);
    await manager.insert(PasswordReset, { id, userId, tokenHash: hash, createdAt, expiresAt });
    return { id, link: `${this.config.publicUrl}/reset-password?token=${token}` };
  }
}
