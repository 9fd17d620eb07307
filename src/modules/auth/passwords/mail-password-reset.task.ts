import { Injectable, type OnModuleInit } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { TaskHandlers } from '../../../jobs/task-handlers.js';
import { Mailer } from '../mail/mailer.service.js';
import { PasswordResets } from './password-resets.service.js';
import { resetMail } from './reset-mail.js';

/** Whoever asked so long ago has asked again, or no longer wants it. */
const STALE_MS = 60 * 60_000;

/** Makes the link and mails it, in one go: no job and no row ever holds it. */
@Injectable()
export class MailPasswordReset implements OnModuleInit {
  constructor(
    private readonly tasks: TaskHandlers,
    private readonly resets: PasswordResets,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.tasks.register('password-reset.mail', async ({ userId, requestedAt }) => {
      if (userId !== null && this.clock.now().getTime() - new Date(requestedAt).getTime() < STALE_MS) {
        await this.mail(userId);
      }
    });
  }

  /** The job is done again when the mail could not be handed over, with a link of its own. */
  private async mail(userId: UserId): Promise<void> {
    const made = await this.resets.linkForMail(userId);
    if (!made) {
      return;
    }
    try {
      await this.mailer.send({ to: made.email, ...resetMail(made.link) });
    } catch (error) {
      await this.resets.forget(made.id);
      throw error;
    }
  }
}
