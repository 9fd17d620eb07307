import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { createDatabase, withClient } from './databases.mjs';
import { startMeasuredServer } from './measured-server.mjs';
import { percentile } from './percentile.mjs';

/** At one play a minute, 1,700 of these are due in every second. */
const RUNS = 102_000;
const WINDOW = 50;
const WARM_UP_SECONDS = 10;
const MEASURED_SECONDS = 25;

/**
 * 102,000 active runs, each of its own user with a linked account, each due once a minute. Deliveries are switched off
 * by a halt: at 5 calls a second they could not leave anyway, and this is about the ticker.
 */
export async function tickManyRuns(serverUrl) {
  const url = await createDatabase(serverUrl);
  const encryptionKey = randomBytes(32);
  await withClient(url, async (client) => {
    await seedRuns(client, RUNS);
    await spreadOverAMinute(client);
    await client.query(
      `insert into lastfm_call_budget (id, next_free_at, halted_until) values ('default', now(), '2100-01-01')`,
    );
  });
  const server = await startMeasuredServer({
    DATABASE_URL: url,
    ENCRYPTION_KEYS: `bench:${encryptionKey.toString('base64')}`,
    LASTFM_API_KEY: 'a'.repeat(32),
    LASTFM_API_SECRET: 'b'.repeat(32),
  });
  await pause(WARM_UP_SECONDS * 1000);
  const from = new Date();
  const before = server.usage();
  await pause(MEASURED_SECONDS * 1000);
  const until = new Date();
  const { cpuSeconds, peakMegabytes } = server.usage();
  await server.stop();
  const lateness = await withClient(url, (client) => commitLateness(client, from, until));
  return {
    plays: lateness.length,
    perSecond: Math.round(lateness.length / MEASURED_SECONDS),
    p50: percentile(lateness, 0.5),
    p99: percentile(lateness, 0.99),
    max: percentile(lateness, 1),
    cpuShare: (cpuSeconds - before.cpuSeconds) / MEASURED_SECONDS,
    peakMegabytes,
  };
}

/** Seconds from the moment a run was due to the commit of its play. Needs `track_commit_timestamp`. */
async function commitLateness(client, from, until) {
  const { rows } = await client.query(
    `select extract(epoch from pg_xact_commit_timestamp(xmin) - played_at)::float as late
       from scrobble where played_at >= $1 and played_at < $2::timestamptz - interval '2 s' order by late`,
    [from, until],
  );
  return rows.map(({ late }) => late);
}

/** Users, linked accounts, lanes and running runs; none is due before the year 2100. */
export async function seedRuns(client, count) {
  await client.query('create temporary table new_user as select gen_random_uuid() as id from generate_series(1, $1)', [
    count,
  ]);
  await client.query(`insert into app_user select id, 'Bench', 'user', 'UTC', now() from new_user`);
  await client.query(
    `insert into lastfm_account (user_id, username, username_key, session_key, state, scrobbling_enabled, linked_at)
     select id, id, id, 'not opened here', 'linked', true, now() from new_user`,
  );
  await client.query(
    `insert into delivery_lane (user_id, destination, priority, failures, batch_limit)
     select id, 'lastfm', 9, 0, 50 from new_user`,
  );
  await client.query(
    `insert into scrobble_run (id, user_id, playlist_title, state, pace, interval_minutes, track_order, seed, repeat, pass,
                               position, track_count, upcoming, next_play_at, next_due_at, gap_seconds, started_at)
     select gen_random_uuid(), id, 'Bench', 'running', 'interval', 1, 'in_order', 1, true, 0, 0, $1::int,
            (select jsonb_agg(jsonb_build_object('artist', 'The Artist of ' || md5(id::text), 'title',
                       'Song number ' || n || ' of ' || md5(n::text), 'album', 'Album ' || n / 12, 'albumArtist', null,
                       'durationSeconds', 180 + n)) from generate_series(1, $1::int) n),
            '2100-01-01', '2100-01-01', 0, now() from new_user`,
    [WINDOW],
  );
  await client.query('drop table new_user');
  await client.query('vacuum analyze');
}

/** The first ones are due 5 seconds from now: the server is still to be started. */
async function spreadOverAMinute(client) {
  await client.query(
    `update scrobble_run r set next_play_at = due.at, next_due_at = due.at
       from (select id, date_trunc('second', now()) + make_interval(secs => 12 + row_number() over () % 60) as at
               from scrobble_run) as due where r.id = due.id`,
  );
  await client.query('vacuum analyze scrobble_run');
}
