import { Injectable, type OnModuleInit } from '@nestjs/common';

import { TaskHandlers } from '../../jobs/task-handlers.js';
import { LastfmHandshakesService } from '../lastfm/index.js';
import { LoginSessionsService } from './login-sessions/login-sessions.service.js';
import { SignInAttempts } from './sign-in/sign-in-attempts.service.js';

/** Deletes what can no longer be used to sign in or to link. */
@Injectable()
export class PurgeCredentials implements OnModuleInit {
  constructor(
    private readonly tasks: TaskHandlers,
    private readonly loginSessions: LoginSessionsService,
    private readonly handshakes: LastfmHandshakesService,
    private readonly signInAttempts: SignInAttempts,
  ) {}

  onModuleInit(): void {
    this.tasks.register('credentials.purge', async () => {
      await this.loginSessions.purgeExpired();
      await this.handshakes.purgeExpired();
      await this.signInAttempts.purgeExpired();
    });
  }
}
