import { Injectable } from '@nestjs/common';

import { SecretBox } from '../../../common/crypto/secret-box.js';
import type { UserId } from '../../../common/ids.js';
import type { UserMerge } from '../../../common/user-data/user-data-registry.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import { LastfmAccountChoiceError } from '../lastfm.errors.js';
import { type AccountMerge, AccountDependentsRegistry } from './account-dependents.js';
import { LastfmAccount, SEALED_SESSION_KEY } from './lastfm-account.entity.js';
import { LastfmAccountsService } from './lastfm-accounts.service.js';

/** A person's word which of two accounts stays linked. */
export interface KeptAccount {
  /** As they were shown it. */
  username: string;
  /** What becomes of the scrobbles that wait for the other one. */
  waiting: 'send' | 'cancel';
}

/** The Last.fm accounts of two users who become one. */
@Injectable()
export class LastfmAccountMerges {
  constructor(
    private readonly dependents: AccountDependentsRegistry,
    private readonly accounts: LastfmAccountsService,
    private readonly secretBox: SecretBox,
  ) {}

  /** Both queues with their runs wait until the transaction ends. */
  async lock(tx: Transaction, { fromUserId, intoUserId }: UserMerge): Promise<void> {
    await this.dependents.get().lock(tx, [fromUserId, intoUserId]);
  }

  /**
   * Leaves one account at most, and it is that of the user who stays. The queues must be locked. Before anything else of the
   * two is moved.
   * @throws LastfmAccountChoiceError where both have one and `kept` names neither, or names one that is not there
   */
  async join(tx: Transaction, merge: UserMerge, kept: KeptAccount | undefined): Promise<void> {
    const [from, into] = [await this.lockRow(tx, merge.fromUserId), await this.lockRow(tx, merge.intoUserId)];
    const decided = decide(merge, from, into, kept);
    await this.dependents.get().onMerging(tx, decided);
    if (decided.goes) {
      await tx.manager.delete(LastfmAccount, { userId: decided.goes.userId });
    }
    if (from && decided.keptOf === merge.fromUserId) {
      await this.move(tx, from, merge.intoUserId);
    }
  }

  /** After everything is moved: what waits goes to the account there is, or waits for it. */
  async serve(tx: Transaction, userId: UserId): Promise<void> {
    const account = await this.accounts.findWithin(tx.manager, userId);
    if (account?.state === 'linked') {
      await this.dependents.get().onLinked(tx, userId, account.usernameKey);
    } else if (account) {
      await this.dependents.get().onRejected(tx, userId);
    }
    await tx.updateLive(userId, { kind: 'lastfm-account' });
  }

  /** Also against a rotation of keys, which takes no other lock. */
  private lockRow({ manager }: Transaction, userId: UserId): Promise<LastfmAccount | null> {
    return manager.findOne(LastfmAccount, { where: { userId }, lock: { mode: 'pessimistic_write' } });
  }

  /** The key is sealed for its user, so it is sealed anew. One that nobody can open is no access: link again. */
  private async move({ manager }: Transaction, account: LastfmAccount, userId: UserId): Promise<void> {
    const isReadable = this.accounts.isReadable(account);
    const sessionKey = isReadable ? this.accounts.access(account).sessionKey : '';
    await manager.delete(LastfmAccount, { userId: account.userId });
    const moved = Object.assign(new LastfmAccount(), account, {
      userId,
      sessionKey: this.secretBox.seal(sessionKey, SEALED_SESSION_KEY.contextOf(userId)),
      state: isReadable ? account.state : 'rejected',
    });
    await manager.insert(LastfmAccount, moved);
  }
}

function decide(
  merge: UserMerge,
  from: LastfmAccount | null,
  into: LastfmAccount | null,
  kept: KeptAccount | undefined,
): AccountMerge {
  const linked = [into, from].filter((account) => account !== null);
  const chosen = linked.find(({ username }) => username === kept?.username);
  if ((kept && !chosen) || (linked.length === 2 && !chosen)) {
    throw new LastfmAccountChoiceError(linked.map(({ username }) => username));
  }
  const stays = chosen ?? linked[0];
  const goes = linked.find((account) => account !== stays);
  return {
    ...merge,
    keptOf: stays?.userId ?? null,
    goes: goes && kept ? { userId: goes.userId, waiting: kept.waiting } : null,
  };
}
