import { Injectable } from '@nestjs/common';

import { SignIns } from '../login-sessions/sign-ins.service.js';
import { PasswordResets } from '../passwords/password-resets.service.js';
import { SignInAttempts } from './sign-in-attempts.service.js';

/** What was begun on the way in and is over: attempts at other hosts, second factors asked for, links to a new password. */
@Injectable()
export class ExpiredSignIns {
  constructor(
    private readonly attempts: SignInAttempts,
    private readonly signIns: SignIns,
    private readonly passwordResets: PasswordResets,
  ) {}

  async purge(): Promise<void> {
    await this.attempts.purgeExpired();
    await this.signIns.purgeExpired();
    await this.passwordResets.purgeExpired();
  }
}
