import { Injectable } from '@nestjs/common';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import type { UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { LastfmAccountsService } from '../../lastfm/index.js';
import { Identities } from '../identities/identities.service.js';
import { lockUser } from '../users/lock-user.js';
import type { Vouched } from './providers/sign-in-provider.js';
import { IdentityOfAnotherUserError } from './sign-in.errors.js';

/** What becomes of somebody who is vouched for. */
@Injectable()
export class VouchedSignIns {
  constructor(
    private readonly identities: Identities,
    private readonly accounts: LastfmAccountsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * The user to sign in; who has never been here becomes one. Nobody is joined to an existing user by an e-mail address, nor
   * by a Last.fm account that was linked for scrobbling: neither says that they may act as that user (ADR 20).
   * @throws LastfmUsernameTakenError for someone new whose Last.fm account another user scrobbles to
   */
  async enter({ identity, lastfmAccess }: Vouched): Promise<UserId> {
    return this.unitOfWork.run(async (tx) => {
      const { userId, isNew } = await this.identities.findOrRegister(tx.manager, identity);
      if (lastfmAccess) {
        const account = await this.accounts.lockWithin(tx, userId);
        // Whoever has disconnected it since stays disconnected: signing in is no leave to scrobble again.
        if (isNew || account?.usernameKey === identity.subject) {
          await this.accounts.linkWithin(tx, userId, lastfmAccess);
        }
      }
      await this.identities.noteUse(tx.manager, userId, identity);
      return userId;
    });
  }

  /**
   * Gives a user one more way in; with Last.fm also its account, where none is linked.
   * @returns the other user whose way in it is, or who scrobbles to that account, if any: then nothing has changed
   * @throws IdentityOfAnotherUserError or LastfmUsernameTakenError when another user takes it at this moment
   */
  async link(userId: UserId, { identity, lastfmAccess }: Vouched): Promise<UserId | null> {
    return this.unitOfWork.run(async (tx) => {
      // The queue before the user, as everywhere.
      await this.accounts.lockWithin(tx, userId);
      await lockUser(tx.manager, userId);
      const owner = await this.identities.findUserId(tx.manager, identity.kind, identity.subject);
      if (owner !== null && owner !== userId) {
        return owner;
      }
      const holder = lastfmAccess ? await this.linkLastfm(tx, userId, lastfmAccess) : null;
      if (holder !== null) {
        return holder;
      }
      if (owner === null) {
        await this.add(tx, userId, identity);
      }
      return null;
    });
  }

  private async add(tx: Transaction, userId: UserId, identity: Vouched['identity']): Promise<void> {
    if (!(await this.identities.add(tx.manager, userId, identity))) {
      throw new IdentityOfAnotherUserError();
    }
    const details = { method: identity.kind, name: identity.name };
    await this.audit.record(tx.manager, { action: 'identity.linked', userId, details });
  }

  /**
   * Another account that is linked stays: changing it is a question of its own, asked on the Last.fm page.
   * @returns the other user who has this one, if any
   */
  private async linkLastfm(
    tx: Transaction,
    userId: UserId,
    access: NonNullable<Vouched['lastfmAccess']>,
  ): Promise<UserId | null> {
    const account = await this.accounts.lockWithin(tx, userId);
    if (account && account.usernameKey !== access.username.toLowerCase()) {
      return null;
    }
    const holder = await this.accounts.findOtherOwner(userId, access.username);
    if (holder === null) {
      await this.accounts.linkWithin(tx, userId, access);
    }
    return holder;
  }
}
