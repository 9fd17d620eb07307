import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { UserId } from '../ids.js';
import type { ExportedTable } from './exported-table.js';

/** Two users become one: what is the first one's goes to the second one, who stays. */
export interface UserMerge {
  fromUserId: UserId;
  intoUserId: UserId;
}

/** How much of something a user has: what it is, in a stable word, and how many. */
export interface UserDataCount {
  what: string;
  count: number;
}

/** What one module keeps about users. Every module that keeps anything registers one, so that nothing is forgotten. */
export interface UserDataHolder {
  /** All of it that is the user's to have, for an export: everything but secrets, and what is worked out from the rest. */
  readonly exported: readonly ExportedTable[];
  /** Deletes all of it, in the caller's transaction. The user's queue is locked; the user's own row goes last. */
  eraseFor(manager: EntityManager, userId: UserId): Promise<void>;
  /**
   * Gives all of it to another user, or ends what cannot be given, in the caller's transaction. The queues of both are
   * locked; the user's own row goes last.
   */
  mergeInto(manager: EntityManager, merge: UserMerge): Promise<void>;
  /** How much of it a merge would move, as people count it. */
  countFor?(manager: EntityManager, userId: UserId): Promise<UserDataCount[]>;
}

/** Where modules say what they keep about users; deletion and merging go through it without knowing the modules. */
@Injectable()
export class UserDataRegistry {
  private readonly holders: UserDataHolder[] = [];

  register(holder: UserDataHolder): void {
    this.holders.push(holder);
  }

  /** What an export holds, the tables of the module that was loaded first before the others. */
  exported(): ExportedTable[] {
    return this.holders.flatMap((holder) => holder.exported);
  }

  /** The module that was loaded last goes first: it may hold on to what the others keep. */
  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    for (const holder of this.holders.toReversed()) {
      await holder.eraseFor(manager, userId);
    }
  }

  /** The module that was loaded first goes first: what the others keep may point at it. */
  async mergeInto(manager: EntityManager, merge: UserMerge): Promise<void> {
    for (const holder of this.holders) {
      await holder.mergeInto(manager, merge);
    }
  }

  async countFor(manager: EntityManager, userId: UserId): Promise<UserDataCount[]> {
    const counts: UserDataCount[] = [];
    for (const holder of this.holders) {
      counts.push(...((await holder.countFor?.(manager, userId)) ?? []));
    }
    return counts;
  }
}
