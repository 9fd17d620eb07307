import { Injectable } from '@nestjs/common';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import type { UserId } from '../../../common/ids.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { SignInProviders } from '../sign-in/providers/sign-in-providers.service.js';
import { lockUser } from '../users/lock-user.js';
import { withdrawProofs } from '../users/withdraw-proofs.js';
import { IdentityNotFoundError, LastIdentityError } from './identities.errors.js';
import { Identities } from './identities.service.js';
import type { Identity } from './identity.entity.js';

/** The ways in of one user, as they keep them. */
@Injectable()
export class UserIdentities {
  constructor(
    private readonly identities: Identities,
    private readonly providers: SignInProviders,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  list(userId: UserId): Promise<Identity[]> {
    return this.unitOfWork.run(({ manager }) => this.identities.listWithin(manager, userId));
  }

  /**
   * Takes a way in away. Two at once wait for each other, so that one that works always stays.
   * @throws IdentityNotFoundError, also for someone else's
   * @throws LastIdentityError
   */
  async unlink(userId: UserId, id: string): Promise<void> {
    await this.unitOfWork.run(async ({ manager }) => {
      await lockUser(manager, userId);
      const all = await this.identities.listWithin(manager, userId);
      const identity = all.find((each) => each.id === id);
      if (!identity) {
        throw new IdentityNotFoundError();
      }
      if (!all.some((each) => each !== identity && this.letsIn(each))) {
        throw new LastIdentityError();
      }
      await this.identities.removeWithin(manager, id);
      await withdrawProofs(manager, userId);
      const details = { method: identity.kind, name: identity.name };
      await this.audit.record(manager, { action: 'identity.unlinked', userId, details });
    });
  }

  /** Not a password that someone else may know, nor a provider that is no longer set up here. */
  letsIn({ kind, passwordSuspectedAt }: Identity): boolean {
    return this.providers.isUsable(kind) && passwordSuspectedAt === null;
  }
}
