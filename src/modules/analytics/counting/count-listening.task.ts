import { Injectable, type OnModuleInit } from '@nestjs/common';

import { TaskHandlers } from '../../../jobs/task-handlers.js';
import { ListeningCounts } from './listening-counts.service.js';

/**
 * Users a time, some seconds of work: a job that went on for minutes would hold up the end of its process. Who is left
 * over is counted the next time, or when they look.
 */
const BATCH = 1_000;

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
    for (const { userId, timeZone } of await this.counts.findBehind(BATCH)) {
      await this.counts.bringUpToDate(userId, timeZone);
    }
  }
}
