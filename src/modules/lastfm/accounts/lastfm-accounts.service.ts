import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, Not, Repository } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import { SecretBox } from '../../../common/crypto/secret-box.js';
import { isUniqueViolation } from '../../../common/database/is-unique-violation.js';
import type { UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import type { LastfmProfile } from '../api/lastfm-client.js';
import { LastfmAccountNotLinkedError, LastfmUsernameDiffersError, LastfmUsernameTakenError } from '../lastfm.errors.js';
import { AccountDependentsRegistry } from './account-dependents.js';
import {
  type AccountChoices,
  LastfmAccount,
  type LastfmAccountState,
  SEALED_SESSION_KEY,
  whatStays,
} from './lastfm-account.entity.js';

/** What Last.fm granted us for one of its users. */
export interface GrantedAccess {
  username: string;
  sessionKey: string;
}

/** The user's word that another account takes the place of the one linked so far. */
export interface Replacement {
  /** The one that goes, as the user was shown it. */
  username: string;
  /** What becomes of the scrobbles that wait for it. */
  waiting: 'send' | 'cancel';
}

const isOther = ({ usernameKey }: LastfmAccount, username: string): boolean => usernameKey !== username.toLowerCase();

@Injectable()
export class LastfmAccountsService {
  constructor(
    @InjectRepository(LastfmAccount) private readonly accounts: Repository<LastfmAccount>,
    private readonly dependents: AccountDependentsRegistry,
    private readonly unitOfWork: UnitOfWork,
    private readonly secretBox: SecretBox,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  find(userId: UserId): Promise<LastfmAccount | null> {
    return this.accounts.findOneBy({ userId });
  }

  /** The account as a transaction of the caller sees it. */
  findWithin(manager: EntityManager, userId: UserId): Promise<LastfmAccount | null> {
    return manager.findOneBy(LastfmAccount, { userId });
  }

  /** The accounts of these users as a transaction of the caller sees them; a user without one is missing. */
  async findManyWithin(manager: EntityManager, userIds: readonly UserId[]): Promise<Map<UserId, LastfmAccount>> {
    const accounts = await manager.findBy(LastfmAccount, { userId: In(userIds) });
    return new Map(accounts.map((account) => [account.userId, account]));
  }

  /** The account, which cannot be rejected, switched off or disconnected until the caller's transaction ends. */
  async lockWithin(tx: Transaction, userId: UserId): Promise<LastfmAccount | null> {
    await this.dependents.get().lock(tx, [userId]);
    return this.findWithin(tx.manager, userId);
  }

  /** The state of each of these users' accounts; a user without one is missing. */
  async findStates(manager: EntityManager, userIds: readonly UserId[]): Promise<Map<UserId, LastfmAccountState>> {
    const rows: Array<{ user_id: UserId; state: LastfmAccountState }> = await manager.query(
      'select user_id, state from lastfm_account where user_id = any($1::uuid[])',
      [userIds],
    );
    return new Map(rows.map((row) => [row.user_id, row.state]));
  }

  /** @throws LastfmAccountNotLinkedError */
  async require(userId: UserId): Promise<LastfmAccount> {
    const account = await this.find(userId);
    if (!account) {
      throw new LastfmAccountNotLinkedError();
    }
    return account;
  }

  countWaiting(userId: UserId): Promise<{ queued: number; held: number }> {
    return this.dependents.get().countWaiting(userId);
  }

  /** Whether its session key can be read: not when ENCRYPTION_KEYS no longer lists the key it was sealed with. */
  isReadable(account: LastfmAccount): boolean {
    try {
      this.access(account);
      return true;
    } catch {
      return false;
    }
  }

  /** What a call in the user's name needs. */
  access(account: LastfmAccount): GrantedAccess {
    return {
      username: account.username,
      sessionKey: this.secretBox.open(account.sessionKey, SEALED_SESSION_KEY.contextOf(account.userId)),
    };
  }

  /**
   * Links an account, or links it again after its key was rejected; what was held for it is released.
   * @param replacement needed where another username is linked: doing it silently would mix two histories
   * @throws LastfmUsernameDiffersError without it, or when it names another one than is linked by now
   * @throws LastfmUsernameTakenError when another user has it
   */
  async link(userId: UserId, granted: GrantedAccess, replacement?: Replacement): Promise<void> {
    await this.unitOfWork.run((tx) => this.linkWithin(tx, userId, granted, replacement));
  }

  /** The same in the caller's transaction, which is over when this throws. */
  async linkWithin(
    tx: Transaction,
    userId: UserId,
    { username, sessionKey }: GrantedAccess,
    replacement?: Replacement,
  ): Promise<void> {
    try {
      await this.changeWithin(tx, userId, async (linked) => {
        const existing =
          linked && isOther(linked, username) ? await this.replace(tx, linked, username, replacement) : linked;
        await tx.manager.save(LastfmAccount, {
          userId,
          username,
          usernameKey: username.toLowerCase(),
          sessionKey: this.secretBox.seal(sessionKey, SEALED_SESSION_KEY.contextOf(userId)),
          state: 'linked',
          scrobblingEnabled: linked?.scrobblingEnabled ?? true,
          linkedAt: this.clock.now(),
          rejectedAt: null,
          ...whatStays(existing, this.clock.now()),
        });
        await this.dependents.get().onLinked(tx, userId, username.toLowerCase());
        await this.audit.record(tx.manager, { action: 'lastfm.linked', userId, details: { username } });
        await tx.publishDurably('lastfm-account.linked', { userId });
      });
    } catch (error) {
      if (isUniqueViolation(error, 'one_user_per_lastfm_username')) {
        throw new LastfmUsernameTakenError(username);
      }
      throw error;
    }
  }

  /** Lets go of the account that is linked. @returns null: the new one starts afresh */
  private async replace(
    tx: Transaction,
    { userId, username: linked }: LastfmAccount,
    offered: string,
    replacement: Replacement | undefined,
  ): Promise<null> {
    if (replacement?.username !== linked) {
      throw new LastfmUsernameDiffersError(linked, offered);
    }
    await tx.manager.delete(LastfmAccount, { userId });
    const dependents = this.dependents.get();
    await (replacement.waiting === 'send' ? dependents.onReplaced(tx, userId) : dependents.onDisconnected(tx, userId));
    return null;
  }

  /** Whether `link` would be refused for want of the user's word. @throws LastfmUsernameDiffersError */
  async requireConsent(userId: UserId, username: string, replacement: Replacement | undefined): Promise<void> {
    const replaced = await this.findReplaced(userId, username);
    if (replaced && replacement?.username !== replaced.username) {
      throw new LastfmUsernameDiffersError(replaced.username, username);
    }
  }

  /** The account that linking this username would replace, or null. */
  async findReplaced(userId: UserId, username: string): Promise<LastfmAccount | null> {
    const linked = await this.find(userId);
    return linked && isOther(linked, username) ? linked : null;
  }

  /** Another user who has this account linked, or null. */
  async findOtherOwner(userId: UserId, username: string): Promise<UserId | null> {
    const account = await this.accounts.findOneBy({ usernameKey: username.toLowerCase(), userId: Not(userId) });
    return account?.userId ?? null;
  }

  /** @param username whose profile it is: by now another account may be linked */
  async rememberProfile(userId: UserId, username: string, profile: LastfmProfile): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await tx.manager.update(LastfmAccount, { userId, username }, { profile });
      await tx.updateLive(userId, { kind: 'lastfm-account' });
    });
  }

  /**
   * Last.fm refused this session key (error 9). The queue is held, and the user is told once. Nothing happens when the
   * account has been linked anew since the call was made.
   */
  async reject(userId: UserId, refusedSessionKey: string): Promise<void> {
    await this.change(userId, async (tx, account) => {
      if (account?.state !== 'linked' || this.access(account).sessionKey !== refusedSessionKey) {
        return;
      }
      await tx.manager.update(LastfmAccount, { userId }, { state: 'rejected', rejectedAt: this.clock.now() });
      await this.dependents.get().onRejected(tx, userId);
      await tx.publishDurably('lastfm-account.rejected', { userId, username: account.username });
    });
  }

  /** @param enabled unset: the other way round. @throws LastfmAccountNotLinkedError */
  async toggle(userId: UserId, enabled?: boolean): Promise<LastfmAccount> {
    return this.change(userId, async (tx, account) => {
      if (!account) {
        throw new LastfmAccountNotLinkedError('not-found');
      }
      // This column alone: the session key may be sealed anew at the same moment.
      account.scrobblingEnabled = enabled ?? !account.scrobblingEnabled;
      await tx.manager.update(LastfmAccount, { userId }, { scrobblingEnabled: account.scrobblingEnabled });
      if (!account.scrobblingEnabled) {
        await this.dependents.get().onDisabled(tx, userId);
      }
      return account;
    });
  }

  /** Writes what is given and nothing else. @throws LastfmAccountNotLinkedError */
  async choose(
    userId: UserId,
    given: { [Choice in keyof AccountChoices]?: boolean | undefined },
  ): Promise<LastfmAccount> {
    const choices = given as Partial<AccountChoices>;
    return this.change(userId, async (tx, account) => {
      if (!account) {
        throw new LastfmAccountNotLinkedError('not-found');
      }
      await tx.manager.update(LastfmAccount, { userId }, choices);
      return Object.assign(account, choices);
    });
  }

  /** Linked accounts that allow checks and have not had one for a day, the longest waiting first. */
  async findDueForProfileCheck(manager: EntityManager): Promise<UserId[]> {
    const rows: Array<{ user_id: UserId }> = await manager.query(
      `select user_id from lastfm_account
        where profile_checks and state = 'linked'
          and (profile_checked_at is null or profile_checked_at <= $1::timestamptz - interval '1 day')
        order by profile_checked_at nulls first`,
      [this.clock.now()],
    );
    return rows.map((row) => row.user_id);
  }

  /** @returns false when another account has taken its place meanwhile */
  async rememberProfileCheck(tx: Transaction, account: LastfmAccount, checkedAt: Date): Promise<boolean> {
    const { userId, usernameKey } = account;
    const { affected } = await tx.manager.update(
      LastfmAccount,
      { userId, usernameKey },
      { profileCheckedAt: checkedAt },
    );
    await tx.updateLive(userId, { kind: 'lastfm-account' });
    return affected === 1;
  }

  /** Deletes the account with its key; what waits is cancelled. @throws LastfmAccountNotLinkedError */
  async disconnect(userId: UserId): Promise<void> {
    await this.change(userId, async (tx, account) => {
      if (!account) {
        throw new LastfmAccountNotLinkedError('not-found');
      }
      await tx.manager.delete(LastfmAccount, { userId });
      await this.dependents.get().onDisconnected(tx, userId);
      const details = { username: account.username };
      await this.audit.record(tx.manager, { action: 'lastfm.disconnected', userId, details });
    });
  }

  /** Every change of an account happens under the lock of its queue, and open browsers hear of it. */
  private change<Result>(
    userId: UserId,
    work: (tx: Transaction, account: LastfmAccount | null) => Promise<Result>,
  ): Promise<Result> {
    return this.unitOfWork.run((tx) => this.changeWithin(tx, userId, (account) => work(tx, account)));
  }

  private async changeWithin<Result>(
    tx: Transaction,
    userId: UserId,
    work: (account: LastfmAccount | null) => Promise<Result>,
  ): Promise<Result> {
    await this.dependents.get().lock(tx, [userId]);
    const result = await work(await this.findWithin(tx.manager, userId));
    await tx.updateLive(userId, { kind: 'lastfm-account' });
    return result;
  }
}
