import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import { SecretBox } from '../../../common/crypto/secret-box.js';
import type { UserId } from '../../../common/ids.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { LoginSessionsService } from '../login-sessions/login-sessions.service.js';
import { lockUser } from '../users/lock-user.js';
import { LoginChallenge } from './login-challenge.entity.js';
import { RecoveryCode } from './recovery-code.entity.js';
import { refuseUnlessRight, SecondFactorCodes } from './second-factor-codes.service.js';
import { SEALED_SECOND_FACTOR, SecondFactor } from './second-factor.entity.js';
import { SecondFactorOffError, SecondFactorOnError, WrongCodeError } from './second-factor.errors.js';
import { newTotpSecret } from './totp.js';

export interface SecondFactorStanding {
  enabledAt: Date | null;
  recoveryCodesLeft: number;
}

/** Sets second factors up and takes them away. */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly codes: SecondFactorCodes,
    private readonly loginSessions: LoginSessionsService,
    private readonly secretBox: SecretBox,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async standingOf(userId: UserId): Promise<SecondFactorStanding> {
    return this.unitOfWork.run(async ({ manager }) => {
      const factor = await manager.findOneBy(SecondFactor, { userId });
      const recoveryCodesLeft = await manager.countBy(RecoveryCode, { userId });
      return { enabledAt: factor?.confirmedAt ?? null, recoveryCodesLeft };
    });
  }

  /**
   * Begins to set it up, or begins anew: only the last secret can be confirmed.
   * @returns the secret in base32, which is told this once
   * @throws SecondFactorOnError
   */
  async begin(userId: UserId): Promise<string> {
    const secret = newTotpSecret();
    const sealed = this.secretBox.seal(secret, SEALED_SECOND_FACTOR.contextOf(userId));
    const begun = await this.unitOfWork.run(({ manager }) =>
      manager.query<unknown[]>(
        `insert into second_factor (user_id, secret, last_step, failed_attempts, created_at) values ($1, $2, 0, 0, $3)
         on conflict (user_id) do update set secret = excluded.secret, created_at = excluded.created_at
           where second_factor.confirmed_at is null
         returning user_id`,
        [userId, sealed, this.clock.now()],
      ),
    );
    if (begun.length === 0) {
      throw new SecondFactorOnError();
    }
    return secret;
  }

  /**
   * From now on every sign-in wants a code. Every other browser is signed out: it has shown none.
   * @param token the login of the browser that asks, which has shown one now
   * @returns the recovery codes, which are told this once
   * @throws SecondFactorOffError when nothing was begun, SecondFactorOnError, WrongCodeError
   */
  async confirm(userId: UserId, code: string, token: string): Promise<string[]> {
    return this.unitOfWork.run(async ({ manager }) => {
      await lockUser(manager, userId);
      const factor = await this.codes.lock(manager, userId);
      if (!factor) {
        throw new SecondFactorOffError();
      }
      if (factor.confirmedAt) {
        throw new SecondFactorOnError();
      }
      const step = this.codes.stepOf(factor, code);
      if (step === null) {
        throw new WrongCodeError();
      }
      factor.spend(step);
      factor.confirmedAt = this.clock.now();
      await manager.save(factor);
      await this.loginSessions.endOthersWithin(manager, userId, token);
      await this.loginSessions.noteSecondFactor(manager, userId, factor.confirmedAt);
      await this.audit.record(manager, { action: 'second-factor.enabled', userId });
      return this.codes.renewRecoveryCodes(manager, userId);
    });
  }

  /** @param code of the app or a recovery code: whoever only found an open browser has neither */
  async disable(userId: UserId, code: string): Promise<void> {
    const verdict = await this.unitOfWork.run(async (tx) => {
      await lockUser(tx.manager, userId);
      const judged = await this.codes.judgeWithin(tx, userId, code);
      if (judged === 'app' || judged === 'recovery') {
        await this.remove(tx.manager, userId);
        await this.audit.record(tx.manager, { action: 'second-factor.disabled', userId });
      }
      return judged;
    });
    refuseUnlessRight(verdict);
  }

  /** @returns new recovery codes, which are told this once; the former ones are worth nothing */
  async renewRecoveryCodes(userId: UserId, code: string): Promise<string[]> {
    const { verdict, fresh } = await this.unitOfWork.run(async (tx) => {
      const judged = await this.codes.judgeWithin(tx, userId, code);
      if (judged !== 'app' && judged !== 'recovery') {
        return { verdict: judged, fresh: [] };
      }
      await this.audit.record(tx.manager, { action: 'second-factor.recovery-codes-renewed', userId });
      return { verdict: judged, fresh: await this.codes.renewRecoveryCodes(tx.manager, userId) };
    });
    refuseUnlessRight(verdict);
    return fresh;
  }

  /** For someone who has lost the phone and the recovery codes: whoever runs the installation knows who it is. */
  async disableByOperator(userId: UserId): Promise<void> {
    await this.unitOfWork.run(async ({ manager }) => {
      await lockUser(manager, userId);
      if (!(await this.codes.areWantedOf(manager, userId))) {
        throw new SecondFactorOffError();
      }
      await this.remove(manager, userId);
      await this.audit.record(manager, { action: 'second-factor.disabled', userId, details: { by: 'operator' } });
    });
  }

  private async remove(manager: EntityManager, userId: UserId): Promise<void> {
    await manager.delete(SecondFactor, { userId });
    await manager.delete(RecoveryCode, { userId });
    await manager.delete(LoginChallenge, { userId });
    await this.loginSessions.noteSecondFactor(manager, userId, null);
  }
}
