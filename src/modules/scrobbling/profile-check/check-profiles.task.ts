import { Injectable, type OnModuleInit } from '@nestjs/common';

import { UnitOfWork } from '../../../events/unit-of-work.js';
import { Jobs } from '../../../jobs/jobs.service.js';
import { TaskHandlers } from '../../../jobs/task-handlers.js';
import { LastfmAccountsService } from '../../lastfm/index.js';
import { ProfileChecks } from './profile-checks.service.js';

/** Every account that allows it is checked once a day, each in a job of its own, so that one that fails stops no other. */
@Injectable()
export class CheckProfiles implements OnModuleInit {
  constructor(
    private readonly tasks: TaskHandlers,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: LastfmAccountsService,
    private readonly checks: ProfileChecks,
  ) {}

  onModuleInit(): void {
    this.tasks.register('profiles.check', () => this.enqueueDue());
    this.tasks.register('profile.check', ({ userId }) => this.checks.check(userId));
  }

  private async enqueueDue(): Promise<void> {
    await this.unitOfWork.run(async ({ manager }) => {
      for (const userId of await this.accounts.findDueForProfileCheck(manager)) {
        await this.jobs.enqueue(
          manager,
          'profile.check',
          { userId },
          {
            key: `profile.check:${userId}`,
            isUrgent: false,
          },
        );
      }
    });
  }
}
