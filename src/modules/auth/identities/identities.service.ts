import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import { newId, type UserId } from '../../../common/ids.js';
import { newUser } from '../users/new-user.js';
import { User } from '../users/user.entity.js';
import { nameFrom } from './display-name.js';
import { Identity, type IdentityKind, type VouchedKind } from './identity.entity.js';

/** Who somebody is, in the words of whoever vouches for them. */
export interface VouchedIdentity {
  kind: VouchedKind;
  /** In the one spelling that `Identity.subject` tells. */
  subject: string;
  /** What they are called there. */
  name: string;
  pictureUrl: string | null;
}

/** The ways in of all users, whoever vouches for them. */
@Injectable()
export class Identities {
  constructor(
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async findUserId(manager: EntityManager, kind: IdentityKind, subject: string): Promise<UserId | null> {
    const identity = await manager.findOneBy(Identity, { kind, subject });
    return identity?.userId ?? null;
  }

  /** The users whose ways in these are, by subject; a subject that is nobody's, or a suspended user's, is missing. */
  async findUserIds(
    manager: EntityManager,
    kind: IdentityKind,
    subjects: readonly string[],
  ): Promise<Map<string, UserId>> {
    const identities = await manager
      .createQueryBuilder(Identity, 'identity')
      .innerJoin(User, 'owner', 'owner.id = identity.userId and owner.suspendedAt is null')
      .where({ kind, subject: In(subjects) })
      .getMany();
    return new Map(identities.map(({ subject, userId }) => [subject, userId]));
  }

  /** One of the user's ways in of this kind, or null. */
  findOf(manager: EntityManager, userId: UserId, kind: IdentityKind): Promise<Identity | null> {
    return manager.findOneBy(Identity, { userId, kind });
  }

  /**
   * The user whose way in this is, in the caller's transaction; one that is new here if nobody's. Of two callers at once one
   * registers, and the other waits and gets the same user.
   */
  async findOrRegister(manager: EntityManager, identity: VouchedIdentity): Promise<{ userId: UserId; isNew: boolean }> {
    const { kind, subject, name } = identity;
    const known = await this.findUserId(manager, kind, subject);
    if (known) {
      return { userId: known, isNew: false };
    }
    const user = newUser(nameFrom(name), this.clock.now());
    await manager.insert(User, user);
    if (!(await this.add(manager, user.id, identity))) {
      await manager.delete(User, { id: user.id });
      return this.findOrRegister(manager, identity);
    }
    await this.audit.record(manager, { action: 'user.registered', userId: user.id, details: { method: kind } });
    return { userId: user.id, isNew: true };
  }

  /** A user's ways in, the oldest first. */
  listWithin(manager: EntityManager, userId: UserId): Promise<Identity[]> {
    return manager.find(Identity, { where: { userId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** It has let this user in, under the name and the picture that it has now. */
  async noteUse(manager: EntityManager, userId: UserId, { kind, subject, name, pictureUrl }: VouchedIdentity) {
    await manager.update(
      Identity,
      { kind, subject, userId },
      { name: nameFrom(name), pictureUrl, lastUsedAt: this.clock.now() },
    );
  }

  async removeWithin(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(Identity, { id });
  }

  /** Gives a user one more way in, unless it is somebody's already. @returns whether it was added */
  async add(manager: EntityManager, userId: UserId, identity: VouchedIdentity): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .insert()
      .into(Identity)
      .values({
        id: newId(),
        userId,
        ...identity,
        name: nameFrom(identity.name),
        passwordHash: null,
        passwordSuspectedAt: null,
        createdAt: this.clock.now(),
        lastUsedAt: null,
      })
      .orIgnore()
      .returning('id')
      .execute();
    return (result.raw as unknown[]).length > 0;
  }
}
