import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, Not } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import { SecretBox } from '../../../common/crypto/secret-box.js';
import { newId, type UserId } from '../../../common/ids.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import { hashOf } from '../guard/opaque-token.js';
import { NotificationsService } from '../notifications/notifications.service.js';
import { RecoveryCode } from './recovery-code.entity.js';
import { isRecoveryCode, newRecoveryCodes, plainCode } from './recovery-codes.js';
import { SEALED_SECOND_FACTOR, SecondFactor } from './second-factor.entity.js';
import { SecondFactorBlockedError, SecondFactorOffError, WrongCodeError } from './second-factor.errors.js';
import { stepOfCode } from './totp.js';

/** What a code is worth. A wrong one is noted, so whoever asks commits before refusing. */
export type CodeVerdict = 'app' | 'recovery' | 'wrong' | 'blocked' | 'off';

/** Codes of authenticator apps and recovery codes: each is right once. */
@Injectable()
export class SecondFactorCodes {
  constructor(
    private readonly secretBox: SecretBox,
    private readonly audit: AuditTrail,
    private readonly notifications: NotificationsService,
    private readonly clock: Clock,
  ) {}

  /** Judges a code under the lock of the user's second factor; a right one is spent. */
  async judgeWithin(tx: Transaction, userId: UserId, typed: string): Promise<CodeVerdict> {
    const factor = await this.lock(tx.manager, userId);
    if (!factor?.confirmedAt) {
      return 'off';
    }
    const code = plainCode(typed);
    const verdict = isRecoveryCode(code) ? await this.recover(tx.manager, factor, code) : this.judge(factor, code);
    if (verdict === 'wrong') {
      await this.refuse(tx, factor);
    }
    await tx.manager.save(factor);
    return verdict;
  }

  /** Whether a code fits a second factor that is being set up: it is not spent yet. */
  stepOf(factor: SecondFactor, typed: string): number | null {
    const secret = this.secretBox.open(factor.secret, SEALED_SECOND_FACTOR.contextOf(factor.userId));
    return stepOfCode(secret, plainCode(typed), this.clock.now());
  }

  /** Whether the user has a second factor. */
  areWantedOf(manager: EntityManager, userId: UserId): Promise<boolean> {
    return manager.existsBy(SecondFactor, { userId, confirmedAt: Not(IsNull()) });
  }

  lock(manager: EntityManager, userId: UserId): Promise<SecondFactor | null> {
    return manager.findOne(SecondFactor, { where: { userId }, lock: { mode: 'pessimistic_write' } });
  }

  /** New recovery codes in place of all former ones. They are in this answer and nowhere else. */
  async renewRecoveryCodes(manager: EntityManager, userId: UserId): Promise<string[]> {
    const codes = newRecoveryCodes();
    await manager.delete(RecoveryCode, { userId });
    await manager.insert(
      RecoveryCode,
      codes.map((code) => ({ id: newId(), userId, codeHash: hashOf(plainCode(code)) })),
    );
    return codes;
  }

  private judge(factor: SecondFactor, code: string): CodeVerdict {
    if (factor.isBlocked(this.clock.now())) {
      return 'blocked';
    }
    const step = this.stepOf(factor, code);
    return step !== null && factor.spend(step) ? 'app' : 'wrong';
  }

  /** Also while codes of the app are blocked: nobody guesses one of these. */
  private async recover(manager: EntityManager, factor: SecondFactor, code: string): Promise<CodeVerdict> {
    const { userId } = factor;
    const { affected } = await manager.delete(RecoveryCode, { userId, codeHash: hashOf(code) });
    if (!affected) {
      return 'wrong';
    }
    factor.forgive();
    const left = String(await manager.countBy(RecoveryCode, { userId }));
    await this.audit.record(manager, { action: 'second-factor.recovery-code-used', userId, details: { left } });
    return 'recovery';
  }

  private async refuse(tx: Transaction, factor: SecondFactor): Promise<void> {
    const { userId } = factor;
    const isBlockedNow = factor.refuse(this.clock.now());
    await this.audit.record(tx.manager, { action: 'second-factor.refused', userId });
    if (isBlockedNow) {
      const text =
        'Someone typed several wrong codes of your second factor. If that was not you, they know your password or another way in of yours: change it.';
      const dedupeKey = `second-factor-refused:${factor.blockedUntil?.toISOString() ?? ''}`;
      await this.notifications.tellWithin(tx, { userId, kind: 'second-factor-refused', text, dedupeKey });
    }
  }
}

/** @throws WrongCodeError, SecondFactorBlockedError, SecondFactorOffError for anything but a right code */
export function refuseUnlessRight(verdict: CodeVerdict): void {
  if (verdict === 'wrong') {
    throw new WrongCodeError();
  }
  if (verdict === 'blocked') {
    throw new SecondFactorBlockedError();
  }
  if (verdict === 'off') {
    throw new SecondFactorOffError();
  }
}
