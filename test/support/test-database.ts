import { randomBytes } from 'node:crypto';

import pg from 'pg';

const TEMPLATE = 'test_template';

function serverUrl(database?: string): string {
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? '');
  if (database !== undefined) {
    url.pathname = `/${database}`;
  }
  return url.href;
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

export interface TestDatabase {
  url: string;
  /** Ends all connections and lets nobody in while `work` runs. */
  whileGone: (work: () => Promise<void>) => Promise<void>;
  drop: () => Promise<void>;
}

/** A database of the caller's own, so that test files can run side by side. @param template empty: not even migrated */
export async function createTestDatabase({ isMigrated = true } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name} template ${isMigrated ? TEMPLATE : 'template0'}`);
  return {
    url: serverUrl(name),
    whileGone: async (work) => {
      await onServer(`alter database ${name} allow_connections false`);
      await onServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
      try {
        await work();
      } finally {
        await onServer(`alter database ${name} allow_connections true`);
      }
    },
    drop: () => onServer(`drop database if exists ${name} with (force)`),
  };
}
