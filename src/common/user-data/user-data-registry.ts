import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { UserId } from '../ids.js';

/** What one module keeps about users. Every module that keeps anything registers one, so that nothing is forgotten. */
export interface UserDataHolder {
  /** Deletes all of it, in the caller's transaction. The user's queue is locked; the user's own row goes last. */
  eraseFor(manager: EntityManager, userId: UserId): Promise<void>;
}

/** Where modules say what they keep about users; deletion goes through it without knowing the modules. */
@Injectable()
export class UserDataRegistry {
  private readonly holders: UserDataHolder[] = [];

  register(holder: UserDataHolder): void {
    this.holders.push(holder);
  }

  /** The module that was loaded last goes first: it may hold on to what the others keep. */
  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    for (const holder of this.holders.toReversed()) {
      await holder.eraseFor(manager, userId);
    }
  }
}
