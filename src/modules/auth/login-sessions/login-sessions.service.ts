import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, IsNull, LessThan, MoreThan, Not, Repository } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import { type LoginSessionId, newId, type UserId } from '../../../common/ids.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { LoginNotFoundError } from '../auth.errors.js';
import { hashOf, newOpaqueToken } from '../guard/opaque-token.js';
import { NotificationsService } from '../notifications/notifications.service.js';
import { BrowserBinding } from './browser-binding.js';
import type { BrowserSignals } from './browser-signals.js';
import { LoginSession } from './login-session.entity.js';

const ONE_MINUTE_MS = 60_000;
const ONE_DAY_MS = 24 * 60 * ONE_MINUTE_MS;
/** A browser that does not come back for this long has to sign in again. */
const IDLE_MS = 30 * ONE_DAY_MS;
/** However often it is used, a login ends after this long. */
const ABSOLUTE_MS = 180 * ONE_DAY_MS;
const FRESH_MS = 10 * ONE_MINUTE_MS;
/** Writing the last use at every request would be a write for every read. */
const LAST_USE_PRECISION_MS = 5 * ONE_MINUTE_MS;

/** What a login cookie is worth at this moment. */
export type UsedLogin =
  /** `prolongedUntil`: when it ends now, if this use has moved its end: the browser's cookie has to last as long. */
  | { kind: 'good'; userId: UserId; hasSecondFactor: boolean; prolongedUntil: Date | null }
  /** Another browser than the one that signed in has used it. */
  | { kind: 'ended-by-fingerprint' };

/** How someone proved who they are, in words, and what their login is worth for it. */
export interface LoginProof {
  method: string;
  /** What they showed as a second factor; null: they have none. */
  secondFactor: 'app' | 'recovery' | null;
}

export interface StartedLogin {
  token: string;
  expiresAt: Date;
}

export interface ListedLogin {
  login: LoginSession;
  /** Whether it is the one that asks. */
  isCurrent: boolean;
}

@Injectable()
export class LoginSessionsService {
  constructor(
    @InjectRepository(LoginSession) private readonly loginSessions: Repository<LoginSession>,
    private readonly binding: BrowserBinding,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly notifications: NotificationsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Signs a browser in. The token is new each time: one that was planted before the sign-in is worth nothing. Only
   * `SignIns` calls this: it sees to the second factor.
   */
  async startWithin(
    manager: EntityManager,
    userId: UserId,
    signals: BrowserSignals,
    { method, secondFactor }: LoginProof,
  ): Promise<StartedLogin> {
    const { token, hash } = newOpaqueToken();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + IDLE_MS);
    await manager.insert(LoginSession, {
      id: newId() as LoginSessionId,
      tokenHash: hash,
      userId,
      device: signals.device,
      ...this.binding.of(signals),
      createdAt: now,
      lastUsedAt: now,
      expiresAt,
      secondFactorAt: secondFactor && now,
      endedAt: null,
    });
    const details = { method, ...(secondFactor && { secondFactor }) };
    await this.audit.record(manager, { action: 'login.succeeded', userId, details });
    return { token, expiresAt };
  }

  /** Notes of every login of the user that the second factor was shown there, or that there is none any more (null). */
  async noteSecondFactor(manager: EntityManager, userId: UserId, secondFactorAt: Date | null): Promise<void> {
    await manager.update(LoginSession, { userId }, { secondFactorAt });
  }

  /** Whose login this token opens in this browser, if it is still good; its use is noted, and prolongs it. */
  async use(token: string, signals: BrowserSignals): Promise<UsedLogin | null> {
    const now = this.clock.now();
    const found = await this.loginSessions.findOneBy({ tokenHash: hashOf(token), expiresAt: MoreThan(now) });
    if (!found) {
      return null;
    }
    if (found.endedAt) {
      return { kind: 'ended-by-fingerprint' };
    }
    const standing = this.binding.compare(found, signals);
    if (standing.kind === 'unknown') {
      return null;
    }
    if (standing.kind === 'other-browser') {
      await this.endByFingerprint(found, signals);
      return { kind: 'ended-by-fingerprint' };
    }
    const isDue = now.getTime() - found.lastUsedAt.getTime() > LAST_USE_PRECISION_MS;
    const good = { kind: 'good' as const, userId: found.userId, hasSecondFactor: found.secondFactorAt !== null };
    if (!isDue && !standing.renewed) {
      return { ...good, prolongedUntil: null };
    }
    const expiresAt = new Date(Math.min(now.getTime() + IDLE_MS, found.createdAt.getTime() + ABSOLUTE_MS));
    await this.loginSessions.update({ id: found.id }, { lastUsedAt: now, expiresAt, ...standing.renewed });
    return { ...good, prolongedUntil: expiresAt };
  }

  /** Whether the browser with this token signed in so lately that whoever sits there is most likely who did. */
  async isFresh(token: string): Promise<boolean> {
    const since = new Date(this.clock.now().getTime() - FRESH_MS);
    return this.loginSessions.existsBy({ tokenHash: hashOf(token), createdAt: MoreThan(since) });
  }

  /** Whose login it was. What is over already, or never was, does not matter. */
  async end(token: string): Promise<UserId | null> {
    const found = await this.loginSessions.findOneBy({ tokenHash: hashOf(token) });
    const { affected } = found ? await this.loginSessions.delete({ id: found.id }) : { affected: 0 };
    return affected ? (found?.userId ?? null) : null;
  }

  /** The browsers a user is signed in with, the last used first, and which of them has this token. */
  async list(userId: UserId, token: string): Promise<ListedLogin[]> {
    const tokenHash = hashOf(token);
    const found = await this.loginSessions.find({
      where: { userId, endedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) },
      order: { lastUsedAt: 'DESC', id: 'DESC' },
    });
    return found.map((login) => ({ login, isCurrent: login.tokenHash === tokenHash }));
  }

  /** @throws LoginNotFoundError, also for someone else's */
  async revoke(userId: UserId, id: LoginSessionId): Promise<void> {
    await this.loginSessions.manager.transaction(async (manager) => {
      const login = await manager.findOneBy(LoginSession, { id, userId, endedAt: IsNull() });
      const { affected } = await manager.delete(LoginSession, { id, userId, endedAt: IsNull() });
      if (!login || !affected) {
        throw new LoginNotFoundError();
      }
      await this.audit.record(manager, { action: 'login.ended', userId, details: { device: login.device } });
    });
  }

  /** Signs out every browser of the user but the one with this token. */
  async revokeOthers(userId: UserId, token: string): Promise<void> {
    await this.loginSessions.manager.transaction(async (manager) => {
      const ended = await this.endOthersWithin(manager, userId, token);
      await this.audit.record(manager, { action: 'logins.ended', userId, details: { count: String(ended) } });
    });
  }

  /** @param token the login that stays; null: none does. @returns how many ended */
  async endOthersWithin(manager: EntityManager, userId: UserId, token: string | null): Promise<number> {
    const others = token === null ? { userId } : { userId, tokenHash: Not(hashOf(token)) };
    const { affected } = await manager.delete(LoginSession, others);
    return affected ?? 0;
  }

  async purgeExpired(): Promise<void> {
    await this.loginSessions.delete({ expiresAt: LessThan(this.clock.now()) });
  }

  /** Of two requests at once one ends it; the user hears of it once. */
  private async endByFingerprint({ id, userId, device }: LoginSession, signals: BrowserSignals): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { affected } = await tx.manager.update(
        LoginSession,
        { id, endedAt: IsNull() },
        { endedAt: this.clock.now() },
      );
      if (!affected) {
        return;
      }
      const details = { device, usedBy: signals.device };
      await this.audit.record(tx.manager, { action: 'login.ended-by-fingerprint', userId, details });
      const text = `Your login with ${device} was used from another browser (${signals.device}), so it was ended. If that was not you, change your password.`;
      await this.notifications.tellWithin(tx, { userId, kind: 'login-ended', text, dedupeKey: `login-ended:${id}` });
    });
  }
}
