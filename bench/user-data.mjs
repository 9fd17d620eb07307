import { setTimeout as pause } from 'node:timers/promises';

import { Backlog } from './backlog.mjs';
import { withClient } from './databases.mjs';
import { signUp } from './latency.mjs';
import { startMeasuredServer } from './measured-server.mjs';

const SCROBBLES = 200_000;
/** So many of them the other user has, too. */
const SAME = 20_000;

/** A user with 200,000 scrobbles has everything exported, and is then merged into one who has a tenth of them as well. */
export async function moveUserData(serverUrl) {
  const backlog = await Backlog.create(serverUrl);
  const server = await startMeasuredServer(backlog.env);
  try {
    const loud = await signUp(server.origin, backlog, 'loud');
    const quiet = await signUp(server.origin, backlog, 'quiet');
    await withClient(backlog.url, async (client) => {
      await keep(client, 'loud', SCROBBLES);
      await keep(client, 'quiet', SAME);
      await client.query('vacuum analyze');
    });
    const before = server.usage();
    const exported = await exportAll(loud);
    const after = server.usage();
    const merged = await merge(server.origin, backlog, quiet);
    return { exported, merged, cpuSeconds: after.cpuSeconds - before.cpuSeconds, before, after };
  } finally {
    await server.stop();
    await backlog.sandbox.close();
  }
}

/** Plays of long ago, the same for everybody, as an import leaves them. */
async function keep(client, username, count) {
  await client.query(
    `insert into scrobble (user_id, id, artist, title, album, duration_seconds, played_at, source, provenance,
                           chosen_by_user, match_key, created_at)
     select user_id, gen_random_uuid(), 'The Benchmarks ' || n % 997, 'Song ' || n, 'Album ' || n % 499, 200,
            date_trunc('second', now()) - make_interval(days => 30, secs => 200 * n), 'import', 'heard', true, 'key ' || n, now()
       from lastfm_account a, generate_series(1, $2::int) n where a.username = $1`,
    [username, count],
  );
  await client.query(
    `insert into delivery (user_id, scrobble_id, destination, state, reason, played_at, attempts, deadline_at, created_at)
     select s.user_id, s.id, 'lastfm', 'archived', 'older_than_14_days', s.played_at, 0, s.played_at, now()
       from scrobble s join lastfm_account a using (user_id) where a.username = $1`,
    [username],
  );
}

async function exportAll({ post, get }) {
  const startedAt = performance.now();
  await post('/me/export', {});
  for (;;) {
    const made = await get('/me/export');
    if (made.state === 'ready') {
      const seconds = (performance.now() - startedAt) / 1000;
      return { seconds, perSecond: Math.round(made.totalRows / seconds), rows: made.totalRows, bytes: made.sizeBytes };
    }
    if (made.state === 'failed') {
      throw new Error('The export has failed.');
    }
    await pause(100);
  }
}

/** The user comes back from Last.fm as the other one, and says yes. @returns the seconds that the answer takes */
async function merge(origin, { sandbox }, { cookie, get }) {
  const { url } = await get('/lfm/auth/start');
  const callback = new URL(url).searchParams.get('cb');
  const back = new URL(callback);
  back.searchParams.set('token', await sandbox.approve({ username: 'loud', callback }));
  const returned = await fetch(`${origin}${back.pathname}${back.search}`, { headers: { cookie }, redirect: 'manual' });
  const confirmation = returned.headers.getSetCookie().map((line) => line.split(';')[0]);
  const id = returned.headers.get('location').split('/').at(-1);
  const startedAt = performance.now();
  const answer = await fetch(`${origin}/api/me/merges/${id}/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: [cookie, ...confirmation].join('; ') },
    body: JSON.stringify({ lastfm: { username: 'loud', waiting: 'send' } }),
  });
  if (answer.status !== 204) {
    throw new Error(await answer.text());
  }
  return (performance.now() - startedAt) / 1000;
}
