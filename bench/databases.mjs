import { randomBytes } from 'node:crypto';

import pg from 'pg';

import { migrateDatabase } from '../dist/src/migrate.js';

/** A fresh, migrated database. @returns its address */
export async function createDatabase(serverUrl) {
  const name = `bench_${randomBytes(4).toString('hex')}`;
  await withClient(serverUrl, (client) => client.query(`create database ${name}`));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await migrateDatabase(url.href);
  return url.href;
}

/** Work over one connection that is closed afterwards. */
export async function withClient(connectionString, work) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
