import { Injectable } from '@nestjs/common';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import type { UserId } from '../../../common/ids.js';
import { UserDataRegistry } from '../../../common/user-data/user-data-registry.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { LastfmAccountsService } from '../../lastfm/index.js';
import { NotSignedInError } from '../auth.errors.js';
import { User } from './user.entity.js';

/** Deletes a user with everything that is kept about them. */
@Injectable()
export class UserDeletion {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: UserDataRegistry,
    private readonly accounts: LastfmAccountsService,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * All or nothing, in one transaction, under the lock of the user's queue: no tick and no delivery is halfway through
   * anything of theirs. What is on its way to Last.fm this moment may still arrive there; nothing of it is kept here.
   * @throws NotSignedInError when another request has just done so
   */
  async delete(userId: UserId): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.accounts.lockWithin(tx, userId);
      await this.lock(tx, userId);
      await tx.updateLive(userId, { kind: 'lastfm-account' });
      await this.registry.eraseFor(tx.manager, userId);
      await tx.manager.delete(User, { id: userId });
      await this.audit.recordAnonymously(tx.manager, 'user.deleted');
    });
  }

  /** After the queue, as a tick comes to its user. Of two deletions at once the second finds nobody. */
  private async lock({ manager }: Transaction, userId: UserId): Promise<void> {
    const user = await manager.findOne(User, { where: { id: userId }, lock: { mode: 'pessimistic_write' } });
    if (!user) {
      throw new NotSignedInError();
    }
  }
}
