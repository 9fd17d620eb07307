import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, LessThan, MoreThan } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import { newId, type UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { WrongCredentialsError } from '../auth.errors.js';
import { UserSuspendedError } from '../moderation/moderation.errors.js';
import { hashOf, newOpaqueToken } from '../guard/opaque-token.js';
import { Identity } from '../identities/identity.entity.js';
import { LoginChallenge } from '../second-factor/login-challenge.entity.js';
import {
  type CodeVerdict,
  refuseUnlessRight,
  SecondFactorCodes,
} from '../second-factor/second-factor-codes.service.js';
import { LoginChallengeOverError } from '../second-factor/second-factor.errors.js';
import { lockUser } from '../users/lock-user.js';
import { BrowserBinding } from './browser-binding.js';
import type { BrowserSignals } from './browser-signals.js';
import { LoginSessionsService, type StartedLogin } from './login-sessions.service.js';

/** Long enough to fetch the phone from the next room. */
const CHALLENGE_MS = 10 * 60_000;

/** What came of a sign-in: a login, or the question for the second factor, each with the token that the browser keeps. */
export type BegunSignIn = StartedLogin & { kind: 'signed-in' | 'second-factor-wanted' };

/** How somebody proved who they are. */
export interface SignInProof {
  /** In a word: `password`, `discord` … */
  method: string;
  /** What the password was checked against. That is slow and holds no lock, so it may be another one by now. */
  passwordHash?: string;
}

interface JudgedSignIn {
  verdict: CodeVerdict;
  login: (StartedLogin & { userId: UserId }) | null;
}

/** Makes login sessions, and is alone in that: nobody comes past the second factor of a user who has one. */
@Injectable()
export class SignIns {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly loginSessions: LoginSessionsService,
    private readonly codes: SecondFactorCodes,
    private readonly binding: BrowserBinding,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * Serial with the setting up of a second factor, so that no sign-in slips past one that is being confirmed, and with every
   * change of the password, so that none slips past that with the former one.
   * @throws WrongCredentialsError when the password is another one by now, or someone else may know it
   * @throws UserSuspendedError
   */
  async begin(userId: UserId, signals: BrowserSignals, { method, passwordHash }: SignInProof): Promise<BegunSignIn> {
    return this.unitOfWork.run(async (tx) => {
      const { suspendedAt } = await lockUser(tx.manager, userId);
      if (passwordHash !== undefined) {
        await requireStillGood(tx.manager, userId, passwordHash);
      }
      if (suspendedAt) {
        throw new UserSuspendedError();
      }
      if (!(await this.codes.areWantedOf(tx.manager, userId))) {
        const proof = { method, secondFactor: null };
        return { kind: 'signed-in', ...(await this.loginSessions.startWithin(tx.manager, userId, signals, proof)) };
      }
      return { kind: 'second-factor-wanted', ...(await this.challenge(tx, userId, signals, method)) };
    });
  }

  /**
   * The second step. The user's lock comes first, as everywhere.
   * @throws LoginChallengeOverError when the first step is too long ago, was made in another browser, or is over
   * @throws WrongCodeError, SecondFactorBlockedError
   */
  async finish(token: string, code: string, signals: BrowserSignals): Promise<StartedLogin & { userId: UserId }> {
    const { verdict, login } = await this.unitOfWork.run((tx) => this.judge(tx, token, code, signals));
    if (!login) {
      refuseUnlessRight(verdict);
      throw new LoginChallengeOverError();
    }
    return login;
  }

  async purgeExpired(): Promise<void> {
    await this.unitOfWork.run(({ manager }) =>
      manager.delete(LoginChallenge, { expiresAt: LessThan(this.clock.now()) }),
    );
  }

  private async judge(tx: Transaction, token: string, code: string, signals: BrowserSignals): Promise<JudgedSignIn> {
    const { manager } = tx;
    const live = { tokenHash: hashOf(token), expiresAt: MoreThan(this.clock.now()) };
    const asked = await manager.findOneBy(LoginChallenge, live);
    if (!asked) {
      throw new LoginChallengeOverError();
    }
    await lockUser(manager, asked.userId);
    const challenge = await manager.findOneBy(LoginChallenge, live);
    if (!challenge || this.binding.compare(challenge, signals).kind !== 'same-browser') {
      throw new LoginChallengeOverError();
    }
    const { userId, method } = challenge;
    const verdict = await this.codes.judgeWithin(tx, userId, code);
    if (verdict !== 'app' && verdict !== 'recovery') {
      return { verdict, login: null };
    }
    await manager.delete(LoginChallenge, { id: challenge.id });
    const proof = { method, secondFactor: verdict };
    const started = await this.loginSessions.startWithin(manager, userId, signals, proof);
    return { verdict, login: { ...started, userId } };
  }

  private async challenge(
    { manager }: Transaction,
    userId: UserId,
    signals: BrowserSignals,
    method: string,
  ): Promise<StartedLogin> {
    const { token, hash } = newOpaqueToken();
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + CHALLENGE_MS);
    const bound = this.binding.of(signals);
    await manager.insert(LoginChallenge, {
      id: newId(),
      tokenHash: hash,
      userId,
      method,
      ...bound,
      createdAt,
      expiresAt,
    });
    await this.audit.record(manager, { action: 'login.second-factor-wanted', userId, details: { method } });
    return { token, expiresAt };
  }
}

async function requireStillGood(manager: EntityManager, userId: UserId, passwordHash: string): Promise<void> {
  const good = { userId, kind: 'password' as const, passwordHash, passwordSuspectedAt: IsNull() };
  if (!(await manager.existsBy(Identity, good))) {
    throw new WrongCredentialsError();
  }
}
