import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import type { AppConfig } from './config/app-config.js';
import { localEncryptionKeys } from './config/local-encryption-key.js';
import { startEmbeddedPostgres } from './embedded-postgres/index.js';

/** Takes down what was started, last first. */
export type Closer = () => Promise<void>;

/** The configuration with a database: the configured one, or the embedded one, started or joined. */
export async function addDatabase(
  config: AppConfig,
  closers: Closer[],
  onLost: (reason: string) => void,
): Promise<AppConfig> {
  if (config.databaseUrl !== undefined) {
    return config;
  }
  await mkdir(config.dataDir, { recursive: true });
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(config.dataDir, 'postgres') });
  postgres.onLost(onLost);
  closers.push(() => postgres.release());
  return config.with({ databaseUrl: postgres.url });
}

/** The configuration with keys: the configured ones, or those of the data folder. To be called under the start lock. */
export async function addKeys(config: AppConfig): Promise<AppConfig> {
  if (config.encryptionKeys.length > 0) {
    return config;
  }
  return config.with({ encryptionKeys: await localEncryptionKeys(config.dataDir) });
}
