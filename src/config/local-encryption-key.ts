import { randomBytes } from 'node:crypto';
import path from 'node:path';

import { keepSecret } from '../common/files/keep-secret.js';
import { readEnvironment } from './environment.js';

/**
 * The key of an installation that was started without ENCRYPTION_KEYS: made once, kept in the data folder. To be called
 * under the start lock: two processes must not end up with a key each.
 */
export async function localEncryptionKeys(dataDir: string) {
  const made = () => `local:${randomBytes(32).toString('base64')}`;
  const kept = await keepSecret(path.join(dataDir, 'encryption-keys'), made);
  return readEnvironment({ ENCRYPTION_KEYS: kept }).ENCRYPTION_KEYS ?? [];
}
