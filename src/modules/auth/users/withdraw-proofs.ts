import { type EntityManager, IsNull } from 'typeorm';

import type { UserId } from '../../../common/ids.js';
import { UserMergeProposal } from '../merging/user-merge.entity.js';
import { PasswordReset } from '../passwords/password-reset.entity.js';

/**
 * A way into this user's account is taken away or may be in other hands. What it has proven so far counts no more: links
 * that set a new password, and merges of this user into another one that wait for a yes.
 */
export async function withdrawProofs(manager: EntityManager, userId: UserId): Promise<void> {
  await manager.delete(PasswordReset, { userId });
  await manager.delete(UserMergeProposal, { fromUserId: userId, doneAt: IsNull() });
}
