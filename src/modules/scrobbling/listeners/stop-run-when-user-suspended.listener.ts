import { Injectable, type OnModuleInit } from '@nestjs/common';

import type { UserId } from '../../../common/ids.js';
import { DurableSubscriptions } from '../../../events/durable-subscriptions.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { ActiveRuns } from '../runs/active-runs.service.js';

/** Whoever is kept out has nothing played in their name. */
@Injectable()
export class StopRunWhenUserSuspended implements OnModuleInit {
  constructor(
    private readonly subscriptions: DurableSubscriptions,
    private readonly unitOfWork: UnitOfWork,
    private readonly activeRuns: ActiveRuns,
  ) {}

  onModuleInit(): void {
    this.subscriptions.subscribe('user.suspended', 'stop-run', ({ userId }) => this.handle(userId));
  }

  private async handle(userId: UserId): Promise<void> {
    await this.unitOfWork.run((tx) => this.activeRuns.stop(tx, userId));
  }
}
