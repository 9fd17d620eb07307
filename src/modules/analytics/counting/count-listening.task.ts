import { Injectable, type OnModuleInit } from '@nestjs/common';

import { TaskHandlers } from '../../../jobs/task-handlers.js';
import { ListeningCounts } from './listening-counts.service.js';

/** Counts what has been played meanwhile, so that whoever looks at their statistics need not wait for it. */
@Injectable()
export class CountListening implements OnModuleInit {
  constructor(
    private readonly tasks: TaskHandlers,
    private readonly counts: ListeningCounts,
  ) {}

  onModuleInit(): void {
    this.tasks.register('listening.count', () => this.countAll());
  }

  private async countAll(): Promise<void> {
    for (const { userId, timeZone } of await this.counts.findBehind()) {
      await this.counts.bringUpToDate(userId, timeZone);
    }
  }
}
