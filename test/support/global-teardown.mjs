import { rm } from 'node:fs/promises';

export default async function tearDown() {
  const { postgres, folder } = globalThis.testPostgres;
  await postgres.release();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
