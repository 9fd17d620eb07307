import { newId, type UserId } from '../../../common/ids.js';
import { User } from './user.entity.js';

/** Someone who has just come, whichever way; everything about them is private until they say otherwise. */
export function newUser(displayName: string, createdAt: Date): User {
  return Object.assign(new User(), {
    id: newId() as UserId,
    displayName,
    role: 'user',
    timeZone: 'UTC',
    profilePublic: false,
    statisticsPublic: false,
    createdAt,
    suspendedAt: null,
  } as const);
}
