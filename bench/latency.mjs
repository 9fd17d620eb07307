import { setTimeout as pause } from 'node:timers/promises';

import { Backlog } from './backlog.mjs';
import { withClient } from './databases.mjs';
import { startMeasuredServer } from './measured-server.mjs';
import { percentile } from './percentile.mjs';

const SCROBBLES = 300;
const USERS = 20;
/** Less than 5 a second on average, which is the budget that the server is left with here. */
const LONGEST_PAUSE_MS = 420;

/**
 * Single scrobbles, entered over HTTP at random moments while nothing else waits: milliseconds from `created_at` in the
 * ledger, which is before the commit, to the arrival of the call at Last.fm.
 */
export async function measureLatency(serverUrl) {
  const backlog = await Backlog.create(serverUrl);
  const server = await startMeasuredServer(backlog.env);
  const clients = [];
  for (let i = 0; i < USERS; i += 1) {
    clients.push(await signUp(server.origin, backlog, `idle${i}`));
  }
  const bare = await bareRoundTrips(backlog);
  for (let i = 0; i < SCROBBLES; i += 1) {
    await pause(Math.random() * LONGEST_PAUSE_MS);
    await clients[i % USERS].post('/scrobbles', { artist: 'The Benchmarks', title: `Song ${i}` });
  }
  await pause(3_000);
  await server.stop();
  const latencies = await withClient(backlog.url, (client) => latenciesOf(client, backlog));
  await backlog.sandbox.close();
  return { latencies, bare };
}

/** @returns gets and posts as this new user, whose Last.fm account is linked */
export async function signUp(origin, backlog, name) {
  const post = async (path, body, headers) => {
    const response = await fetch(`${origin}/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    }
    return response;
  };
  const email = `${name}@example.org`;
  const registered = await post('/auth/register', { email, password: 'correct horse battery', displayName: name });
  const { id } = await registered.json();
  const cookie = registered.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  await withClient(backlog.url, (client) => backlog.link(client, name, id));
  return {
    cookie,
    post: (path, body) => post(path, body, { cookie }),
    get: async (path) => (await fetch(`${origin}/api${path}`, { headers: { cookie } })).json(),
  };
}

async function latenciesOf(client, { sandbox }) {
  const { rows } = await client.query(
    `select s.title, a.username, s.created_at from scrobble s join lastfm_account a on a.user_id = s.user_id`,
  );
  return rows
    .map(({ title, username, created_at: recordedAt }) => {
      const arrived = sandbox.scrobblesOf(username).find(({ track }) => track === title);
      return arrived ? arrived.receivedAt.getTime() - recordedAt.getTime() : Infinity;
    })
    .sort((one, other) => one - other);
}

/** The limit: a NOTIFY, its LISTEN and a small HTTP call, with nothing in between. */
async function bareRoundTrips(backlog) {
  return withClient(backlog.url, (listener) =>
    withClient(backlog.url, async (notifier) => {
      await listener.query('listen bare');
      const trips = [];
      for (let i = 0; i < SCROBBLES; i += 1) {
        const heard = new Promise((resolve) => listener.once('notification', resolve));
        const startedAt = performance.now();
        await notifier.query(`select pg_notify('bare', '')`);
        await heard;
        await fetch(`${backlog.sandbox.origin}/sandbox/health`);
        trips.push(performance.now() - startedAt);
      }
      return trips.sort((one, other) => one - other);
    }),
  );
}

export function milliseconds(sorted) {
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => percentile(sorted, share).toFixed(0));
  return `p50 ${p50} ms, p99 ${p99} ms, at most ${most} ms`;
}
