import pg from 'pg';

import { ACCOUNTS, Backlog, TOTAL } from './backlog.mjs';

/** As many as the app's pool. */
const CONNECTIONS = 10;
/** As many lanes as the app leases in one transaction. */
const LANES = 20;
const WARM_UP_ACCOUNTS = 40;

const DUE = `destination = 'lastfm' and next_attempt_at <= now() and (leased_until is null or leased_until <= now())`;
const PLAY = `d.user_id, d.scrobble_id, s.source, s.artist, s.title, s.album, s.album_artist, s.duration_seconds,
  s.played_at, s.chosen_by_user, d.sent_at`;

/**
 * The limit of a delivery: the same rows and statements in the same transactions, sent by ten bare connections that do
 * nothing else. There is no call, no form, no signature, no answer to read.
 * @returns scrobbles a second
 */
export async function deliverByPostgresAlone(serverUrl) {
  const backlog = await Backlog.create(serverUrl);
  await backlog.sandbox.close();
  const pool = new pg.Pool({ connectionString: backlog.url, max: CONNECTIONS });
  await pool.query(`insert into lastfm_call_budget (id, next_free_at) values ('default', now())`);
  await backlog.fill('warm', WARM_UP_ACCOUNTS);
  await backlog.release();
  await deliverAll(pool);
  await backlog.fill('bench', ACCOUNTS);
  await backlog.release();
  const startedAt = performance.now();
  await deliverAll(pool);
  const seconds = (performance.now() - startedAt) / 1000;
  await pool.end();
  return Math.round(TOTAL / seconds);
}

async function deliverAll(pool) {
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let sent = await lease(pool); sent !== null; sent = await lease(pool)) {
        await Promise.all([...byUser(sent)].map(([userId, rows]) => settle(pool, userId, rows)));
      }
    }),
  );
}

/** @returns what was marked as sending, or null when no lane is due */
async function lease(pool) {
  await pool.query(`select from delivery_lane where ${DUE} limit ${LANES}`);
  await pool.query(
    `update lastfm_call_budget set next_free_at = greatest(next_free_at, now()) + interval '10 us' where id = 'default'`,
  );
  return inTransaction(pool, async (client) => {
    const { rows: lanes } = await client.query(
      `select user_id, failures, batch_limit, budget_day, sent_today, learned_cap, learned_on, parked_until
         from delivery_lane where ${DUE} order by priority, last_served_at limit ${LANES} for update skip locked`,
    );
    if (lanes.length === 0) {
      return null;
    }
    const users = lanes.map((lane) => lane.user_id);
    await client.query('select * from lastfm_account where user_id = any($1::uuid[])', [users]);
    await client.query(
      `select ${PLAY} from delivery d join scrobble s on s.user_id = d.user_id and s.id = d.scrobble_id
        where d.user_id = any($1::uuid[]) and d.destination = 'lastfm' and d.state = 'sending'`,
      [users],
    );
    await client.query(
      `update delivery set state = 'expired' where state in ('queued', 'held') and deadline_at <= now()
          and user_id = any($1::uuid[]) returning user_id, scrobble_id`,
      [users],
    );
    const { rows } = await client.query(
      `update delivery d
          set state = 'sending', reason = null, attempts = attempts + 1, sent_at = now(), next_attempt_at = null
         from unnest($1::uuid[]) as lane (user_id)
        cross join lateral (
          select scrobble_id from delivery
           where user_id = lane.user_id and destination = 'lastfm' and state = 'queued'
           order by played_at, scrobble_id limit 50) as next
         join scrobble s on s.user_id = lane.user_id and s.id = next.scrobble_id
        where d.user_id = lane.user_id and d.scrobble_id = next.scrobble_id and d.destination = 'lastfm'
        returning ${PLAY}`,
      [users],
    );
    await client.query(
      `update delivery_lane l set lease_id = gen_random_uuid(), last_served_at = now(),
              leased_until = now() + interval '60 s'
         from unnest($1::uuid[]) as taken (user_id) where l.user_id = taken.user_id and l.destination = 'lastfm'`,
      [users],
    );
    return rows;
  });
}

async function settle(pool, userId, rows) {
  const ids = rows.map((row) => row.scrobble_id);
  await inTransaction(pool, async (client) => {
    await client.query(`select * from delivery_lane where user_id = $1 and destination = 'lastfm' for update`, [
      userId,
    ]);
    await client.query(
      `update delivery d set state = 'accepted', reason = null, verdict_code = 0, verdict_message = '', corrected = null,
              next_attempt_at = null, settled_at = now()
         from unnest($2::uuid[]) as o (scrobble_id)
        where d.user_id = $1 and d.destination = 'lastfm' and d.scrobble_id = o.scrobble_id and d.state = 'sending'`,
      [userId, ids],
    );
    await client.query(
      `update delivery_lane l set lease_id = null, leased_until = null, failures = 0, batch_limit = 50, parked_until = null,
              next_attempt_at = case when next.source is not null then now() end, priority = 9
         from (select min(s.source) as source
                 from (select scrobble_id from delivery
                        where user_id = $1 and destination = 'lastfm'
                          and (state in ('queued', 'sending') or (state = 'held' and reason = 'parked'))
                        order by played_at limit 50) as waiting
                 join scrobble s on s.user_id = $1 and s.id = waiting.scrobble_id) as next
        where l.user_id = $1 and l.destination = 'lastfm'`,
      [userId],
    );
    await client.query(
      `update delivery_lane set budget_day = current_date, sent_today = sent_today + $2
        where user_id = $1 and destination = 'lastfm' returning sent_today`,
      [userId, ids.length],
    );
    await client.query(`select pg_notify('live-update', $1)`, [JSON.stringify(ids)]);
  });
}

async function inTransaction(pool, work) {
  const client = await pool.connect();
  await client.query('begin');
  const result = await work(client);
  await client.query('commit');
  client.release();
  return result;
}

function byUser(rows) {
  const groups = new Map();
  for (const row of rows) {
    groups.set(row.user_id, [...(groups.get(row.user_id) ?? []), row]);
  }
  return groups;
}
