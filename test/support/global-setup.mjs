import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import pg from 'pg';

import { startEmbeddedPostgres } from '../../dist/src/embedded-postgres/index.js';
import { migrateDatabase } from '../../dist/src/migrate.js';

const TEMPLATE = 'test_template';
/** A throw-away cluster need not survive a power cut. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Starts a PostgreSQL of its own and runs the real migrations once, into a template that each test file copies. */
export default async function setUp() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'universal-scrobbler-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), settings: SETTINGS });
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const template = new URL(postgres.url);
  template.pathname = `/${TEMPLATE}`;
  await migrateDatabase(template.href);
  globalThis.testPostgres = { postgres, folder };
  process.env.TEST_DATABASE_URL = postgres.url;
}
