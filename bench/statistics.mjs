import { performance } from 'node:perf_hooks';

import { Backlog } from './backlog.mjs';
import { withClient } from './databases.mjs';
import { signUp } from './latency.mjs';
import { startMeasuredServer } from './measured-server.mjs';
import { percentile } from './percentile.mjs';

/** `STATISTICS_ROWS=10000000` for the ledger of the aim; a tenth of it says the same in a tenth of the time. */
const LEDGER = Number(process.env.STATISTICS_ROWS ?? 1_000_000);
const OF_ONE_USER = 200_000;
const ROUNDS = 40;
const YEARS = 10;
const MIDNIGHT = 'T00:00:00Z';

/** What people ask for; the last two fall in the middle of months, so that the ledger itself is looked at too. */
function periods(today) {
  const before = (days) => new Date(Date.parse(today + MIDNIGHT) - days * 86_400_000).toISOString().slice(0, 10);
  return ['', `from=${before(29)}`, `from=${before(364)}`, `from=${before(1_500)}&to=${before(400)}`];
}
const QUESTIONS = ['summary', 'per-day', 'top-artists', 'top-tracks', 'top-albums', 'clock', 'streaks'];

/** How long statistics of a user with 200,000 scrobbles take, in a ledger of many users. */
export async function readStatistics(serverUrl) {
  const backlog = await Backlog.create(serverUrl);
  const server = await startMeasuredServer(backlog.env);
  const { get, post } = await signUp(server.origin, backlog, 'statistics');
  await post('/scrobbles', { artist: 'The Benchmarks', title: 'Warm up' });
  await withClient(backlog.url, (client) => fillLedger(client));
  const countedFrom = performance.now();
  const { plays } = await get('/analytics/summary');
  if (plays < OF_ONE_USER) {
    throw new Error(`Only ${plays} plays were counted.`);
  }
  const countSeconds = (performance.now() - countedFrom) / 1000;
  // As autovacuum does within a minute of so many new rows.
  await withClient(backlog.url, (client) => client.query('vacuum analyze listening_count'));
  const asked = periods(new Date().toISOString().slice(0, 10));
  const times = Object.fromEntries(QUESTIONS.map((question) => [question, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const question of QUESTIONS) {
      const startedAt = performance.now();
      await get(`/analytics/${question}?${asked[round % asked.length]}`);
      times[question].push(performance.now() - startedAt);
    }
  }
  await server.stop();
  await backlog.sandbox.close();
  const inOrder = (list) => list.toSorted((one, other) => one - other);
  const all = inOrder(Object.values(times).flat());
  return {
    ledger: LEDGER,
    countSeconds,
    p50: percentile(all, 0.5),
    p95: percentile(all, 0.95),
    each: QUESTIONS.map((question) => `${question} ${percentile(inOrder(times[question]), 0.95).toFixed(0)}`).join(
      ', ',
    ),
  };
}

/** Ten years of plays: 200,000 of one user, the rest of others with 5,000 each; names as people repeat them. */
async function fillLedger(client) {
  const others = Math.ceil((LEDGER - OF_ONE_USER) / 5_000);
  await client.query(`set session_replication_role = replica`);
  await client.query(
    `insert into app_user (id, display_name, role, time_zone, created_at)
     select gen_random_uuid(), 'Other', 'user', 'UTC', now() from generate_series(1, ${others})`,
  );
  await client.query(playsOf(`(select id from app_user where display_name <> 'Other' limit 1)`, OF_ONE_USER));
  await client.query(playsOf(`(select id from app_user where display_name = 'Other')`, 5_000));
  await client.query(
    `insert into delivery (user_id, scrobble_id, destination, state, played_at, attempts, deadline_at, created_at)
     select user_id, id, 'lastfm', case when random() < 0.98 then 'accepted' else 'ignored' end, played_at, 1, played_at,
            played_at from scrobble where album is not null`,
  );
  await client.query(`set session_replication_role = origin`);
  await client.query('vacuum analyze scrobble');
  await client.query('vacuum analyze delivery');
  // What the job has counted meanwhile is nothing of this: the changes were not written down.
  await client.query('delete from listening_count');
  await client.query('delete from listening_statistics');
}

/** Squared, so that few names make up most of the plays. */
const playsOf = (users, count) => `
  insert into scrobble (user_id, id, artist, title, album, played_at, source, provenance, chosen_by_user, match_key, created_at)
  select u.id, gen_random_uuid(), 'Artist ' || t.number / 12, 'Title ' || t.number, 'Album ' || t.number / 9,
         now() - make_interval(secs => ${YEARS} * 31557600.0 / ${count} * i + random() * 60),
         (array['import', 'voice', 'manual', 'run'])[1 + i % 4], (array['heard', 'manual', 'automatic'])[1 + i % 3], true,
         t.number::text, now()
    from ${users} u cross join generate_series(1, ${count}) i
   cross join lateral (select floor(power(random() + i * 0, 2) * 30000)::int as number) t`;
