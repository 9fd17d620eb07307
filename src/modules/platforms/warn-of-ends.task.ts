import { Injectable, type OnModuleInit } from '@nestjs/common';

import { TaskHandlers } from '../../jobs/task-handlers.js';
import { SpotifyAccounts } from './spotify/spotify-accounts.service.js';

@Injectable()
export class WarnOfEnds implements OnModuleInit {
  constructor(
    private readonly tasks: TaskHandlers,
    private readonly accounts: SpotifyAccounts,
  ) {}

  onModuleInit(): void {
    this.tasks.register('platform-accounts.warn', () => this.accounts.warnOfEnds());
  }
}
