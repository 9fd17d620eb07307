import { Logger as WorkerLogger, runMigrations } from 'graphile-worker';
import { DataSource } from 'typeorm';

import { migrations } from '../migrations/index.js';

/** Brings the database to the schema of this version. Of processes that start at once, one at a time may call this. */
export async function migrateDatabase(databaseUrl: string): Promise<void> {
  await runMigrations({ connectionString: databaseUrl, logger: new WorkerLogger(() => () => undefined) });
  const dataSource = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    migrations,
    migrationsTableName: 'applied_migration',
  });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await dataSource.destroy();
  }
}
