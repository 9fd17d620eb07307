import { Injectable } from '@nestjs/common';
import { EntityManager, In, IsNull, LessThan, Not } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import { isUserGone } from '../../../common/database/is-user-gone.js';
import { newId, type UserId, type UserMergeId } from '../../../common/ids.js';
import { UserDataRegistry } from '../../../common/user-data/user-data-registry.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { type KeptAccount, LastfmAccountMerges } from '../../lastfm/index.js';
import { hashOf, newOpaqueToken } from '../guard/opaque-token.js';
import type { VouchedKind } from '../identities/identity.entity.js';
import { SecondFactor } from '../second-factor/second-factor.entity.js';
import { User } from '../users/user.entity.js';
import {
  ForeignUserMergeError,
  GuardedUserMergeError,
  PrivilegedUserMergeError,
  SuspendedUserMergeError,
  UserMergeDoneError,
  UserMergeExpiredError,
  UserMergeNotFoundError,
} from './merging.errors.js';
import { UserMergeProposal } from './user-merge.entity.js';

export const MERGE_LIFETIME_MS = 15 * 60_000;
/** So long a page can say that a merge is done or was too late. */
const TOLD_MS = 24 * 3600_000;

export interface NewMerge {
  /** Who is signed in, and stays. */
  intoUserId: UserId;
  /** Whose identity or Last.fm account they have just proven to own. */
  fromUserId: UserId;
  /** That identity or account, in words the person recognises. */
  proven: { kind: VouchedKind; name: string };
}

export interface ProposedMerge {
  id: UserMergeId;
  /** For the cookie of the browser in which both were proven: `offerMerge` puts it there. Only its hash is kept. */
  confirmation: string;
}

/** Whose word a merge needs: the user's who stays, in the browser in which both were proven. */
export interface MergeCaller {
  userId: UserId;
  confirmation: string;
}

/** One person who has come as two users becomes one of them. */
@Injectable()
export class UserMerges {
  constructor(
    private readonly manager: EntityManager,
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: UserDataRegistry,
    private readonly accounts: LastfmAccountMerges,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * Remembers that the person in this browser is both users; nothing is merged before they say so. It takes the place of
   * what was proposed to the user before.
   * @throws PrivilegedUserMergeError, GuardedUserMergeError
   */
  async propose({ intoUserId, fromUserId, proven }: NewMerge): Promise<ProposedMerge> {
    await this.requireUsers(this.manager, intoUserId, fromUserId);
    const { token: confirmation, hash: confirmationHash } = newOpaqueToken();
    const id = newId() as UserMergeId;
    const createdAt = this.clock.now();
    await this.manager.transaction(async (manager) => {
      await manager.delete(UserMergeProposal, { intoUserId, doneAt: IsNull() });
      await manager.insert(UserMergeProposal, {
        id,
        intoUserId,
        fromUserId,
        provenKind: proven.kind,
        provenName: proven.name,
        confirmationHash,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + MERGE_LIFETIME_MS),
        doneAt: null,
      });
    });
    return { id, confirmation };
  }

  /**
   * What waits for the person's word.
   * @throws UserMergeNotFoundError, also for someone else's; UserMergeDoneError, UserMergeExpiredError,
   *   ForeignUserMergeError, PrivilegedUserMergeError, GuardedUserMergeError
   */
  async require(id: UserMergeId, caller: MergeCaller): Promise<UserMergeProposal> {
    const proposal = await this.requireOpen(this.manager, id, caller);
    await this.requireUsers(this.manager, proposal.intoUserId, proposal.fromUserId);
    return proposal;
  }

  /**
   * The person said yes: everything of the one user becomes the other's, or nothing. In one transaction, under the locks of
   * both queues, so that no tick and no delivery is halfway through anything of theirs.
   * @param kept needed where both have a Last.fm account
   * @throws LastfmAccountChoiceError and as `require`
   */
  async confirm(id: UserMergeId, caller: MergeCaller, kept: KeptAccount | undefined): Promise<void> {
    const { fromUserId, intoUserId } = await this.require(id, caller);
    const merge = { fromUserId, intoUserId };
    try {
      await this.unitOfWork.run(async (tx) => {
        await this.accounts.lock(tx, merge);
        const { provenKind, provenName } = await this.claim(tx, id, caller);
        const from = await this.lockUsers(tx, intoUserId, fromUserId);
        await this.accounts.join(tx, merge, kept);
        await this.registry.mergeInto(tx.manager, merge);
        await this.accounts.serve(tx, intoUserId);
        await tx.manager.delete(User, { id: fromUserId });
        const details = { merged: from.displayName, method: provenKind, name: provenName };
        await this.audit.record(tx.manager, { action: 'user.merged', userId: intoUserId, details });
        await tx.updateLive(intoUserId, { kind: 'user' });
        await tx.updateLive(fromUserId, { kind: 'user' });
      });
    } catch (error) {
      // Another click was first: there is no queue to lock any more.
      if (isUserGone(error)) {
        await this.require(id, caller);
      }
      throw error;
    }
  }

  /** The two stay apart. @throws UserMergeNotFoundError, also for someone else's and for what is done */
  async cancel(id: UserMergeId, userId: UserId): Promise<void> {
    const { affected } = await this.manager.delete(UserMergeProposal, { id, intoUserId: userId, doneAt: IsNull() });
    if (!affected) {
      throw new UserMergeNotFoundError();
    }
  }

  async purgeExpired(): Promise<void> {
    const told = new Date(this.clock.now().getTime() - TOLD_MS);
    await this.manager.delete(UserMergeProposal, { expiresAt: LessThan(told) });
  }

  /** Single use: of two that come this far one goes on. */
  private async claim({ manager }: Transaction, id: UserMergeId, caller: MergeCaller): Promise<UserMergeProposal> {
    const proposal = await this.requireOpen(manager, id, caller);
    const { affected } = await manager.update(
      UserMergeProposal,
      { id, doneAt: IsNull() },
      { doneAt: this.clock.now() },
    );
    if (!affected) {
      throw new UserMergeDoneError();
    }
    return proposal;
  }

  private async requireOpen(manager: EntityManager, id: UserMergeId, caller: MergeCaller): Promise<UserMergeProposal> {
    const proposal = await manager.findOneBy(UserMergeProposal, { id, intoUserId: caller.userId });
    if (!proposal) {
      throw new UserMergeNotFoundError();
    }
    if (proposal.confirmationHash !== hashOf(caller.confirmation)) {
      throw new ForeignUserMergeError();
    }
    if (proposal.doneAt) {
      throw new UserMergeDoneError();
    }
    if (proposal.expiresAt <= this.clock.now()) {
      throw new UserMergeExpiredError();
    }
    return proposal;
  }

  /** After the queues, as everything does that writes a row of a user while it holds one. @returns the one who goes */
  private async lockUsers({ manager }: Transaction, intoUserId: UserId, fromUserId: UserId): Promise<User> {
    await manager.find(User, {
      where: { id: In([intoUserId, fromUserId]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return this.requireUsers(manager, intoUserId, fromUserId);
  }

  /** No rights are moved, and none are lost with an account. @returns the one who goes */
  private async requireUsers(manager: EntityManager, intoUserId: UserId, fromUserId: UserId): Promise<User> {
    const users = await manager.findBy(User, { id: In([intoUserId, fromUserId]) });
    const from = users.find(({ id }) => id === fromUserId);
    if (!from || users.length !== 2) {
      throw new UserMergeNotFoundError();
    }
    if (from.role !== 'user') {
      throw new PrivilegedUserMergeError();
    }
    if (from.suspendedAt) {
      throw new SuspendedUserMergeError();
    }
    // Whoever proved the identity alone has not got past it: a merge must not be a way around.
    if (await manager.existsBy(SecondFactor, { userId: fromUserId, confirmedAt: Not(IsNull()) })) {
      throw new GuardedUserMergeError();
    }
    return from;
  }
}
