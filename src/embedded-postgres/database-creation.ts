import { Client, DatabaseError } from 'pg';

import { DATABASE_NAME, databaseUrl } from './database-url.js';

const DUPLICATE_DATABASE = '42P04';

/** Makes the app's database unless it is there, which also shows that the server takes the password. */
export async function ensureDatabase(port: number, password: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl(port, password, 'postgres') });
  await client.connect();
  try {
    await client.query(`create database ${client.escapeIdentifier(DATABASE_NAME)}`);
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code === DUPLICATE_DATABASE)) {
      throw error;
    }
  } finally {
    await client.end();
  }
}
