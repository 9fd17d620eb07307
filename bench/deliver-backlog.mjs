import { setTimeout as pause } from 'node:timers/promises';

import { ACCOUNTS, Backlog, EACH, TOTAL } from './backlog.mjs';
import { withClient } from './databases.mjs';
import { startMeasuredServer } from './measured-server.mjs';

const WARM_UP_ACCOUNTS = 40;

/**
 * Delivers 10,000 scrobbles of 200 accounts: from the first call that Last.fm hears to the last verdict recorded.
 * @param isWarm whether the server delivers 2,000 others first
 */
export async function deliverBacklog(serverUrl, { callsPerSecond, burst, isWarm = false }) {
  const backlog = await Backlog.create(serverUrl);
  const warmUp = isWarm ? WARM_UP_ACCOUNTS : 0;
  await backlog.fill('warm', warmUp);
  const server = await startMeasuredServer({
    ...backlog.env,
    LASTFM_CALLS_PER_SECOND: String(callsPerSecond),
    LASTFM_CALL_BURST: String(burst),
  });
  await backlog.release();
  await untilAccepted(backlog.url, warmUp * EACH);
  await backlog.fill('bench', ACCOUNTS);
  backlog.sandbox.calls.length = 0;
  await backlog.release();
  const settledAt = await untilAccepted(backlog.url, warmUp * EACH + TOTAL);
  const { cpuSeconds, peakMegabytes } = server.usage();
  await server.stop();
  const calls = backlog.sandbox.calls.filter(({ method }) => method === 'track.scrobble');
  await backlog.sandbox.close();
  const arrived = Array.from({ length: ACCOUNTS }, (_, i) => backlog.sandbox.scrobblesOf(`bench${i}`).length);
  const exact = arrived.every((count) => count === EACH) ? 'each exactly once' : 'LOST OR DOUBLED';
  const seconds = (settledAt.getTime() - calls[0].at.getTime()) / 1000;
  return {
    seconds,
    perSecond: Math.round(TOTAL / seconds),
    detail: `${calls.length} calls, ${exact}; ${cpuSeconds.toFixed(1)} s CPU since its start, ${peakMegabytes} MB RSS at most`,
  };
}

async function untilAccepted(url, wanted) {
  return withClient(url, async (client) => {
    for (;;) {
      const { rows } = await client.query(
        `select count(*)::int as accepted, max(settled_at) as last from delivery where state = 'accepted'`,
      );
      if (rows[0].accepted === wanted) {
        return rows[0].last;
      }
      await pause(200);
    }
  });
}
