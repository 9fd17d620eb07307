import { randomBytes } from 'node:crypto';
import path from 'node:path';

import type { INestApplicationContext } from '@nestjs/common';

import { keepSecret } from './common/files/keep-secret.js';
import type { AppConfig } from './config/app-config.js';
import { EmailTakenError, UsersService } from './modules/auth/index.js';

const DEMO_EMAIL = 'demo@example.org';

export interface DemoAccount {
  email: string;
  password: string;
}

/**
 * The account to try the sandbox with. Its password is made up once per installation and kept in the data folder, so that
 * no installation that later goes public has an account with a password everybody knows. To be called under the start lock.
 */
export async function ensureDemoAccount(app: INestApplicationContext, config: AppConfig): Promise<DemoAccount> {
  const made = () => `demo-${randomBytes(6).toString('hex')}`;
  const password = await keepSecret(path.join(config.dataDir, 'demo-password'), made);
  try {
    await app.get(UsersService).register({ email: DEMO_EMAIL, password, displayName: 'Demo' });
  } catch (error) {
    if (!(error instanceof EmailTakenError)) {
      throw error;
    }
  }
  return { email: DEMO_EMAIL, password };
}
