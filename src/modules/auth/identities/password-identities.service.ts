import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, IsNull, Not, Repository } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import { newId, type UserId } from '../../../common/ids.js';
import { WrongCredentialsError } from '../auth.errors.js';
import { NoPasswordError, PasswordChangeRequiredError, WrongPasswordError } from '../passwords/passwords.errors.js';
import { Identity } from './identity.entity.js';

/** OWASP's first choice for argon2id (the library's default algorithm): 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** E-mail addresses and passwords. */
@Injectable()
export class PasswordIdentities {
  /** Verified against when nobody has the address, so that both answers take the same time. */
  private readonly nobody = hash('nobody has this password', ARGON2);

  constructor(
    @InjectRepository(Identity) private readonly identities: Repository<Identity>,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Slow on purpose: never to be awaited while a database connection is held. */
  hash(password: string): Promise<string> {
    return hash(password, ARGON2);
  }

  /** Adds a way in for a user. @throws a unique violation of `one_identity_per_subject` when the address is taken */
  async add(manager: EntityManager, userId: UserId, email: string, passwordHash: string): Promise<void> {
    await manager.insert(Identity, {
      id: newId(),
      userId,
      kind: 'password',
      subject: email.toLowerCase(),
      name: email.toLowerCase(),
      pictureUrl: null,
      passwordHash,
      passwordSuspectedAt: null,
      createdAt: this.clock.now(),
      lastUsedAt: null,
    });
  }

  /**
   * @returns whose it is, and what it was checked against: it may be changed before that counts, see `SignInProof`
   * @throws WrongCredentialsError
   * @throws PasswordChangeRequiredError to whoever knows a password that someone else may know
   */
  async requireUser(email: string, password: string): Promise<{ userId: UserId; passwordHash: string }> {
    const identity = await this.identities.findOneBy({ kind: 'password', subject: email.toLowerCase() });
    const matches = await verify(identity?.passwordHash ?? (await this.nobody), password);
    if (!identity?.passwordHash || !matches) {
      // For an unknown address too, so that both cost the same; the address itself is not noted.
      await this.audit.record(this.identities.manager, { action: 'login.failed', userId: identity?.userId ?? null });
      throw new WrongCredentialsError();
    }
    if (identity.passwordSuspectedAt) {
      await this.audit.record(this.identities.manager, { action: 'login.failed', userId: identity.userId });
      throw new PasswordChangeRequiredError();
    }
    await this.identities.update({ id: identity.id }, { lastUsedAt: this.clock.now() });
    return { userId: identity.userId, passwordHash: identity.passwordHash };
  }

  /** The hash of the user's password if it is this one, null if not. @throws NoPasswordError */
  async verifyOf(userId: UserId, password: string): Promise<string | null> {
    const identity = await this.identities.findOneBy({ kind: 'password', userId });
    if (!identity?.passwordHash) {
      throw new NoPasswordError();
    }
    return (await verify(identity.passwordHash, password)) ? identity.passwordHash : null;
  }

  /**
   * Before something that a browser left open must not be enough for.
   * @returns false for who signs in without a password, and has none to show
   * @throws WrongPasswordError
   */
  async confirm(userId: UserId, password: string | undefined): Promise<boolean> {
    const identity = await this.identities.findOneBy({ kind: 'password', userId });
    if (!identity?.passwordHash) {
      return false;
    }
    if (!(await verify(identity.passwordHash, password ?? ''))) {
      await this.audit.record(this.identities.manager, { action: 'password.refused', userId });
      throw new WrongPasswordError();
    }
    return true;
  }

  /** Whether the former hash was still the user's, and is replaced. */
  async replace(manager: EntityManager, userId: UserId, former: string, passwordHash: string): Promise<boolean> {
    const { affected } = await manager.update(
      Identity,
      { kind: 'password', userId, passwordHash: former },
      { passwordHash, passwordSuspectedAt: null },
    );
    return (affected ?? 0) > 0;
  }

  /** Sets it whatever it was; nobody else knows it now. */
  async set(manager: EntityManager, userId: UserId, passwordHash: string): Promise<void> {
    await manager.update(Identity, { kind: 'password', userId }, { passwordHash, passwordSuspectedAt: null });
  }

  /** @throws NoPasswordError for someone who signs in without one */
  async requirePassword(userId: UserId): Promise<void> {
    if (!(await this.identities.existsBy({ kind: 'password', userId }))) {
      throw new NoPasswordError();
    }
  }

  /** Lets the password sign nobody in until it is changed. @returns whether there is one */
  async suspect(manager: EntityManager, userId: UserId): Promise<boolean> {
    const { affected } = await manager.update(
      Identity,
      { kind: 'password', userId },
      { passwordSuspectedAt: this.clock.now() },
    );
    return (affected ?? 0) > 0;
  }

  async isSuspected(userId: UserId): Promise<boolean> {
    return this.identities.existsBy({ kind: 'password', userId, passwordSuspectedAt: Not(IsNull()) });
  }

  async findUserId(email: string): Promise<UserId | null> {
    const identity = await this.identities.findOneBy({ kind: 'password', subject: email.trim().toLowerCase() });
    return identity?.userId ?? null;
  }

  async findEmail(userId: UserId): Promise<string | null> {
    const identity = await this.identities.findOneBy({ kind: 'password', userId });
    return identity?.subject ?? null;
  }
}
