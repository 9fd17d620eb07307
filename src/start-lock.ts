import pg from 'pg';

import { ConfigurationError } from './config/environment.js';

/** Any number, as long as it stays the same: it names the lock. */
const START_LOCK = 7_264_801;

/**
 * Lets the processes that start at once on one database do this part of the start one after the other. The lock is tied
 * to its connection, so a process that is killed lets go of it.
 * @throws ConfigurationError when the database does not let us in
 */
export async function withStartLock<Result>(databaseUrl: string, work: () => Promise<Result>): Promise<Result> {
  const lock = new pg.Client({ connectionString: databaseUrl });
  try {
    await lock.connect();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ConfigurationError([`DATABASE_URL names a database that cannot be reached: ${message || (code ?? '')}.`]);
  }
  try {
    await lock.query('select pg_advisory_lock($1)', [START_LOCK]);
    return await work();
  } finally {
    await lock.end();
  }
}
