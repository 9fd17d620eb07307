import pg from 'pg';

import { Clock } from '../dist/src/common/clock.js';
import { SharedWindows } from '../dist/src/modules/auth/rate-limits/shared-windows.js';
import { createDatabase } from './databases.mjs';

const REQUESTS = 200_000;
const CALLERS = 1_000;
const AT_ONCE = 50;
const LIMIT = 600;
const WINDOW_MS = 3600_000;

/** What holding a limit costs, in blocks and with a limit so small in its parts that every request asks the database. */
export async function holdRateLimits(serverUrl) {
  const url = await createDatabase(serverUrl);
  return { shared: await hold(url, REQUESTS, LIMIT), upsertEach: await hold(url, REQUESTS / 10, 19) };
}

async function hold(url, requests, limit) {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  pool.on('error', () => undefined); // The server may stop before the last connection has closed.
  let statements = 0;
  const dataSource = {
    query: async (text, params) => {
      statements += 1;
      return (await pool.query(text, params)).rows;
    },
  };
  const windows = new SharedWindows(dataSource, new Clock());
  const callers = limit === LIMIT ? CALLERS : requests; // A new caller each time: a lease each time.
  let next = 0;
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  const worker = async () => {
    for (let index = next++; index < requests; index = next++) {
      await windows.increment(`bench-${limit}:${index % callers}`, WINDOW_MS, limit);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await pool.end();
  return {
    perSecond: Math.round(requests / seconds),
    statements,
    microseconds: ((user + system) / requests).toFixed(1),
  };
}
