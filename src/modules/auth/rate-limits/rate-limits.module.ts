import { Module, type OnModuleInit } from '@nestjs/common';

import { TaskHandlers } from '../../../jobs/task-handlers.js';
import { SharedWindows } from './shared-windows.js';

/** What is counted, and where. The guards that hold it stand beside the one that finds out who is calling. */
@Module({ providers: [SharedWindows], exports: [SharedWindows] })
export class RateLimitsModule implements OnModuleInit {
  constructor(
    private readonly tasks: TaskHandlers,
    private readonly windows: SharedWindows,
  ) {}

  onModuleInit(): void {
    this.tasks.register('rate-limits.purge', () => this.windows.purge());
  }
}
