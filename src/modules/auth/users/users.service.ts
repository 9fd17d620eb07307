import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { validate } from 'uuid';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import { isUniqueViolation } from '../../../common/database/is-unique-violation.js';
import type { UserId } from '../../../common/ids.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { EmailTakenError, NotSignedInError, UserNotFoundError } from '../auth.errors.js';
import { newOpaqueToken } from '../guard/opaque-token.js';
import { PasswordIdentities } from '../identities/password-identities.service.js';
import { newUser } from './new-user.js';
import { User } from './user.entity.js';

/** What users decide about themselves. */
type OwnChoice = 'displayName' | 'timeZone' | 'profilePublic' | 'statisticsPublic';

export interface Registration {
  email: string;
  password: string;
  displayName: string;
}

@Injectable()
export class UsersService {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly passwords: PasswordIdentities,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws EmailTakenError */
  async register({ email, password, displayName }: Registration): Promise<User> {
    const user = newUser(displayName, this.clock.now());
    const passwordHash = await this.passwords.hash(password);
    try {
      await this.unitOfWork.run(async ({ manager }) => {
        await manager.insert(User, user);
        await this.passwords.add(manager, user.id, email, passwordHash);
        await this.audit.record(manager, {
          action: 'user.registered',
          userId: user.id,
          details: { method: 'password' },
        });
      });
    } catch (error) {
      if (isUniqueViolation(error, 'one_identity_per_subject')) {
        throw new EmailTakenError();
      }
      throw error;
    }
    return user;
  }

  async require(userId: UserId): Promise<User> {
    const user = await this.users.findOneBy({ id: userId });
    if (!user) {
      throw new NotSignedInError();
    }
    return user;
  }

  /** Somebody who sets a password of their own by a link; until then nobody knows it. @throws EmailTakenError */
  registerWithoutPassword(email: string, displayName: string): Promise<User> {
    return this.register({ email, displayName, password: newOpaqueToken().token });
  }

  /**
   * For commands, in which people name people.
   * @param who the e-mail address they sign in with, or their id
   * @throws UserNotFoundError
   */
  async requireNamed(who: string): Promise<UserId> {
    const userId = validate(who) ? (who as UserId) : await this.passwords.findUserId(who);
    if (!userId || !(await this.users.existsBy({ id: userId }))) {
      throw new UserNotFoundError();
    }
    return userId;
  }

  /** Writes what is given and nothing else: a change made at the same time stays. */
  async update(userId: UserId, changes: { [Name in OwnChoice]?: User[Name] | undefined }): Promise<User> {
    if (Object.values(changes).some((value) => value !== undefined)) {
      await this.users.update({ id: userId }, changes as Partial<User>);
    }
    return this.require(userId);
  }
}
