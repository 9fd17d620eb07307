import { Injectable } from '@nestjs/common';

import type { UserId } from '../../../common/ids.js';
import type { UserMerge } from '../../../common/user-data/user-data-registry.js';
import type { Transaction } from '../../../events/unit-of-work.js';

/**
 * What depends on a Last.fm account and must change in the same transaction as it. `scrobbling` stands above `lastfm`
 * and provides it: the queue follows the account without a moment in which the two disagree.
 */
export interface AccountDependents {
  /** Makes everything about these users' queues wait until the transaction ends. Called before an account is read. */
  lock(tx: Transaction, userIds: readonly UserId[]): Promise<void>;
  /** The account is linked (again): what was held for it may go. */
  onLinked(tx: Transaction, userId: UserId, usernameKey: string): Promise<void>;
  /** Its key is refused: what waits is held. */
  onRejected(tx: Transaction, userId: UserId): Promise<void>;
  /** Scrobbling was switched off: automation pauses. */
  onDisabled(tx: Transaction, userId: UserId): Promise<void>;
  /**
   * Another account of Last.fm takes its place, and the user wants what waits to go there. What may have reached the
   * former one is cancelled. `onLinked` follows.
   */
  onReplaced(tx: Transaction, userId: UserId): Promise<void>;
  /** It is gone: what waits is cancelled, automation stops. */
  onDisconnected(tx: Transaction, userId: UserId): Promise<void>;
  /** Two users become one, and with them their queues; called before anything is moved. `onLinked` or `onRejected` follow. */
  onMerging(tx: Transaction, merge: AccountMerge): Promise<void>;
  /** How many deliveries wait for it. */
  countWaiting(userId: UserId): Promise<WaitingCounts>;
}

/** What becomes of the accounts of two users who become one. */
export interface AccountMerge extends UserMerge {
  /** Whose account the user has afterwards; null: neither had one. */
  keptOf: UserId | null;
  /** Whose account goes, where both had one, and what becomes of the scrobbles that wait for it. */
  goes: { userId: UserId; waiting: 'send' | 'cancel' } | null;
}

export interface WaitingCounts {
  queued: number;
  held: number;
}

@Injectable()
export class AccountDependentsRegistry {
  private registered: AccountDependents | undefined;

  register(dependents: AccountDependents): void {
    this.registered = dependents;
  }

  get(): AccountDependents {
    if (!this.registered) {
      throw new Error('Nobody has registered what depends on a Last.fm account.');
    }
    return this.registered;
  }
}
