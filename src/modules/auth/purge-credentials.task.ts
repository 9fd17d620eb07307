import { Injectable, type OnModuleInit } from '@nestjs/common';

import { TaskHandlers } from '../../jobs/task-handlers.js';
import { LastfmHandshakesService } from '../lastfm/index.js';
import { UserMerges } from './merging/user-merges.service.js';
import { LoginSessionsService } from './login-sessions/login-sessions.service.js';
import { SignIns } from './login-sessions/sign-ins.service.js';
import { PasswordResets } from './passwords/password-resets.service.js';

/** Deletes what can no longer be used to sign in or to link. */
@Injectable()
export class PurgeCredentials implements OnModuleInit {
  constructor(
    private readonly tasks: TaskHandlers,
    private readonly loginSessions: LoginSessionsService,
    private readonly signIns: SignIns,
    private readonly passwordResets: PasswordResets,
    private readonly handshakes: LastfmHandshakesService,
    private readonly merges: UserMerges,
  ) {}

  onModuleInit(): void {
    this.tasks.register('credentials.purge', async () => {
      await this.loginSessions.purgeExpired();
      await this.signIns.purgeExpired();
      await this.passwordResets.purgeExpired();
      await this.handshakes.purgeExpired();
      await this.merges.purgeExpired();
    });
  }
}
