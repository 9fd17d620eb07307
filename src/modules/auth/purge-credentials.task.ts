import { Injectable, type OnModuleInit } from '@nestjs/common';

import { TaskHandlers } from '../../jobs/task-handlers.js';
import { LastfmHandshakesService } from '../lastfm/index.js';
import { UserMerges } from './merging/user-merges.service.js';
import { LoginSessionsService } from './login-sessions/login-sessions.service.js';
import { ExpiredSignIns } from './sign-in/expired-sign-ins.js';

/** Deletes what can no longer be used to sign in or to link. */
@Injectable()
export class PurgeCredentials implements OnModuleInit {
  constructor(
    private readonly tasks: TaskHandlers,
    private readonly loginSessions: LoginSessionsService,
    private readonly handshakes: LastfmHandshakesService,
    private readonly merges: UserMerges,
    private readonly signIns: ExpiredSignIns,
  ) {}

  onModuleInit(): void {
    this.tasks.register('credentials.purge', async () => {
      await this.loginSessions.purgeExpired();
      await this.handshakes.purgeExpired();
      await this.merges.purgeExpired();
      await this.signIns.purge();
    });
  }
}
