import type { EntityManager } from 'typeorm';

import type { UserId } from '../../../common/ids.js';
import { NotSignedInError } from '../auth.errors.js';
import { User } from './user.entity.js';

/**
 * Makes everything serial that decides how a user signs in. Rows that only name the user can still be written meanwhile.
 * @throws NotSignedInError when the user is gone
 */
export async function lockUser(manager: EntityManager, userId: UserId): Promise<User> {
  const user = await manager.findOne(User, { where: { id: userId }, lock: { mode: 'for_no_key_update' } });
  if (!user) {
    throw new NotSignedInError();
  }
  return user;
}
