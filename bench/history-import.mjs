import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { Backlog } from './backlog.mjs';
import { withClient } from './databases.mjs';
import { signUp } from './latency.mjs';
import { startMeasuredServer } from './measured-server.mjs';

const ROWS = 100_000;
/** As many rows as the import records in one transaction. */
const BATCH = 500;
const DAY_MS = 24 * 3600 * 1000;

/** A listening history of 100,000 rows, from the upload to the last row recorded; it is read twice on the way. */
export async function importHistory(serverUrl) {
  const backlog = await Backlog.create(serverUrl);
  const server = await startMeasuredServer(backlog.env);
  const { post, get, cookie } = await signUp(server.origin, backlog, 'history');
  await post('/scrobbles', { artist: 'The Benchmarks', title: 'Warm up' });
  const before = server.usage();
  const startedAt = performance.now();
  const form = new FormData();
  form.append('file', new Blob([historyOf(ROWS)]), 'history.csv');
  const answer = await fetch(`${server.origin}/api/scrobbles/import`, {
    method: 'POST',
    body: form,
    headers: { cookie },
  });
  const { importId } = await answer.json();
  const done = await untilOver(get, importId);
  const seconds = (performance.now() - startedAt) / 1000;
  const { cpuSeconds, peakMegabytes } = server.usage();
  const bare = await withClient(backlog.url, (client) => insertAlone(client));
  await server.stop();
  await backlog.sandbox.close();
  return {
    perSecond: Math.round(ROWS / seconds),
    barePerSecond: Math.round(ROWS / bare),
    share: bare / seconds,
    detail: `${done.counts.archived} kept; ${(cpuSeconds - before.cpuSeconds).toFixed(1)} s CPU; RSS ${before.peakMegabytes} MB before, ${peakMegabytes} MB at most`,
  };
}

function historyOf(rows) {
  const lines = ['time,artist,track,album,duration'];
  const last = Date.now() - 30 * DAY_MS;
  for (let i = 0; i < rows; i += 1) {
    lines.push(`${Math.floor(last / 1000) - 200 * i},The Benchmarks ${i % 997},Song ${i % 7919},Album ${i % 499},200`);
  }
  return lines.join('\n');
}

async function untilOver(get, importId) {
  for (;;) {
    const found = await get(`/scrobbles/imports/${importId}`);
    if (found.state === 'completed') {
      return found;
    }
    if (found.failure) {
      throw new Error(found.failure.message);
    }
    await pause(200);
  }
}

/** The limit: as many rows, written in the same batches by one bare connection that reads no file. @returns seconds */
async function insertAlone(client) {
  const { rows } = await client.query('select id from app_user limit 1');
  const userId = rows[0].id;
  const from = Date.now() - 3000 * DAY_MS;
  const startedAt = performance.now();
  for (let i = 0; i < ROWS; i += BATCH) {
    await client.query('begin');
    const ids = Array.from({ length: BATCH }, () => randomUUID());
    const times = ids.map((_, row) => new Date(from - 200_000 * (i + row)));
    const titles = ids.map((_, row) => `Song ${i + row}`);
    await client.query(
      `insert into scrobble (user_id, id, artist, title, album, duration_seconds, played_at, source, provenance,
                             chosen_by_user, match_key, created_at)
       select $1, id, 'Bare', title, 'Album', 200, played_at, 'import', 'heard', true, lower(title), now()
         from unnest($2::uuid[], $3::text[], $4::timestamptz[]) as t (id, title, played_at)`,
      [userId, ids, titles, times],
    );
    await client.query(
      `insert into delivery (user_id, scrobble_id, destination, state, reason, played_at, attempts, deadline_at, created_at)
       select $1, id, 'lastfm', 'archived', 'older_than_14_days', played_at, 0, played_at, now()
         from unnest($2::uuid[], $3::timestamptz[]) as t (id, played_at)`,
      [userId, ids, times],
    );
    await client.query('commit');
  }
  return (performance.now() - startedAt) / 1000;
}
