import type { INestApplicationContext } from '@nestjs/common';

import type { AppConfig } from './config/app-config.js';
import { ConfigurationError } from './config/environment.js';
import { newPassword, Roles } from './modules/auth/index.js';

/**
 * Makes whom ADMIN_EMAIL names the first administrator; once there is one, nothing.
 * @returns what whoever runs the installation has to know about it
 * @throws ConfigurationError when the password is one that many people use
 */
export async function ensureFirstAdmin(app: INestApplicationContext, { firstAdmin }: AppConfig): Promise<string> {
  if (!firstAdmin) {
    return '';
  }
  const { email, password } = firstAdmin;
  if (!newPassword.safeParse(password).success) {
    throw new ConfigurationError(['ADMIN_PASSWORD is one that many people use. Choose another one.']);
  }
  const outcome = await app.get(Roles).bootstrap(email, password);
  return outcome === 'address-is-taken' ? `${TAKEN}\n` : '';
}

const TAKEN =
  'There is no administrator: somebody has an account with the address in ADMIN_EMAIL, and ADMIN_PASSWORD is not their ' +
  'password. If it is yours, run: npm run cli -- users role <e-mail> admin';
