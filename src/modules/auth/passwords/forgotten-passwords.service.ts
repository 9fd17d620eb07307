import { Injectable } from '@nestjs/common';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { Jobs } from '../../../jobs/jobs.service.js';
import { PasswordIdentities } from '../identities/password-identities.service.js';
import { Mailer } from '../mail/mailer.service.js';
import { MailIsOffError } from './passwords.errors.js';

/** Takes the word of people that they have forgotten their password. */
@Injectable()
export class ForgottenPasswords {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly passwords: PasswordIdentities,
    private readonly mailer: Mailer,
    private readonly jobs: Jobs,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * Sees to a mail with a link, if somebody signs in with the address. For an unknown one the same is done at the same
   * cost, down to the job, which then has nobody to write to: the answer tells nobody who has an account.
   * @throws MailIsOffError
   */
  async request(email: string): Promise<void> {
    if (!this.mailer.isOn) {
      throw new MailIsOffError();
    }
    const userId = await this.passwords.findUserId(email);
    const requestedAt = this.clock.now().toISOString();
    await this.unitOfWork.run(async ({ manager }) => {
      await this.audit.record(manager, { action: 'password.reset-requested', userId });
      await this.jobs.enqueue(manager, 'password-reset.mail', { userId, requestedAt });
    });
  }
}
