import type { EntityManager } from 'typeorm';

import type { UserId } from '../../../common/ids.js';
import { NotSignedInError } from '../auth.errors.js';
import { User } from './user.entity.js';

/** Decisions about one user, such as which ways in they keep, wait for each other. @throws NotSignedInError when deleted */
export async function lockUser(manager: EntityManager, userId: UserId): Promise<void> {
  const user = await manager.findOne(User, { where: { id: userId }, lock: { mode: 'pessimistic_write' } });
  if (!user) {
    throw new NotSignedInError();
  }
}
