import { randomBytes } from 'node:crypto';

import pg from 'pg';

import { LastfmSandbox } from '../sandbox/lastfm/index.js';
import { Factory, track } from './factories/factory.js';
import { eventually } from './support/eventually.js';
import { ServerProcess } from './support/server-process.js';
import { TestClient } from './support/test-client.js';
import { createTestDatabase, type TestDatabase } from './support/test-database.js';

const API_KEY = 'a'.repeat(32);
const API_SECRET = 'b'.repeat(32);

/** The real server as a process, killed without a word at the worst moments. Time is real here. */
describe('a server that is killed', () => {
  let database: TestDatabase;
  let lastfm: LastfmSandbox;
  let env: NodeJS.ProcessEnv;
  let servers: ServerProcess[];

  beforeEach(async () => {
    database = await createTestDatabase();
    lastfm = await LastfmSandbox.start({ apiKey: API_KEY, apiSecret: API_SECRET });
    lastfm.suppressDuplicates = false;
    servers = [];
    env = {
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
      LASTFM_API_KEY: API_KEY,
      LASTFM_API_SECRET: API_SECRET,
      LASTFM_API_URL: lastfm.apiUrl,
      LASTFM_AUTH_URL: lastfm.authUrl,
    };
  });

  afterEach(async () => {
    await Promise.all(servers.map((server) => server.killHard()));
    await lastfm.close();
    await database.drop();
  });

  const startServer = async (): Promise<ServerProcess> => {
    const server = await ServerProcess.start(env);
    servers.push(server);
    return server;
  };

  const sql = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(text);
    await client.end();
  };

  const statesOf = async (server: ServerProcess, token: string): Promise<string[]> => {
    const client = new TestClient(server.origin, { authorization: `Bearer ${token}` });
    const { body } = await client.get('/scrobbles?limit=1000');
    return body.items.map(({ state }: { state: string }) => state);
  };

  it('between the acceptance by Last.fm and our record loses nothing and doubles nothing', async () => {
    const first = await startServer();
    const user = await new Factory(first.origin, lastfm).linkedUser();
    const killed = new Promise<void>((resolve) => {
      lastfm.faults.next(
        {
          kind: 'hook',
          run: async () => {
            await first.killHard();
            resolve();
          },
        },
        { method: 'track.scrobble' },
      );
    });
    const client = new TestClient(first.origin, { authorization: `Bearer ${user.token}` });
    await client.post('/scrobbles', [track('One'), track('Two'), track('Three')]);
    await killed;
    expect(lastfm.scrobblesOf(user.lastfmUsername)).toHaveLength(3);

    const second = await startServer();
    expect(await statesOf(second, user.token)).toEqual(['sending', 'sending', 'sending']);
    // The dead process's lease lasts a minute; let it run out now.
    await sql(`update delivery_lane set leased_until = now()`);
    await eventually(
      () => statesOf(second, user.token),
      (states) => states.every((state) => state === 'accepted'),
    );
    expect(lastfm.scrobblesOf(user.lastfmUsername).map((scrobble) => scrobble.track)).toEqual(['One', 'Two', 'Three']);
    expect(lastfm.calls.filter(({ method }) => method === 'track.scrobble')).toHaveLength(1);
  });

  it('before Last.fm heard anything sends it after the restart, once', async () => {
    const first = await startServer();
    const user = await new Factory(first.origin, lastfm).linkedUser();
    lastfm.faults.next({ kind: 'stall', milliseconds: 3_000, accepting: false }, { method: 'track.scrobble' });
    const client = new TestClient(first.origin, { authorization: `Bearer ${user.token}` });
    await client.post('/scrobbles', [track('One'), track('Two')]);
    await eventually(
      () => lastfm.calls.filter(({ method }) => method === 'track.scrobble').length,
      (calls) => calls === 1,
    );
    await first.killHard();

    const second = await startServer();
    await sql(`update delivery_lane set leased_until = now()`);
    // Only after two minutes it is certain that Last.fm does not have it.
    await sql(`update delivery set sent_at = sent_at - interval '2 minutes'`);
    await eventually(
      () => statesOf(second, user.token),
      (states) => states.every((state) => state === 'accepted'),
    );
    expect(lastfm.scrobblesOf(user.lastfmUsername).map((scrobble) => scrobble.track)).toEqual(['One', 'Two']);
  });

  it('in the middle of a run goes on with the next track, and no second is used twice', async () => {
    const first = await startServer();
    const factory = new Factory(first.origin, lastfm);
    const user = await factory.linkedUser();
    const playlist = await factory.playlist(user, [track('One'), track('Two'), track('Three')]);
    await user.browser.post('/scrobble-runs', {
      playlistId: playlist.id,
      pace: { kind: 'interval', minutes: 1 },
      order: 'sequential',
      repeat: false,
    });
    const titles = () => lastfm.scrobblesOf(user.lastfmUsername).map((scrobble) => scrobble.track);
    await eventually(
      () => statesOf(first, user.token),
      (states) => states.length === 1 && states[0] === 'accepted',
    );
    await first.killHard();

    const second = await startServer();
    const client = new TestClient(second.origin, { authorization: `Bearer ${user.token}` });
    const { body } = await client.get('/scrobble-runs');
    expect(body.items).toMatchObject([{ state: 'running', position: 1, currentTrack: { title: 'Two' } }]);
    // A minute is long: let it be over now.
    await sql(
      `update scrobble_run set next_play_at = date_trunc('second', now()), next_due_at = date_trunc('second', now())`,
    );
    await eventually(
      async () => ({
        titles: titles(),
        run: (await client.get('/scrobble-runs')).body.items,
        scrobbles: (await client.get('/scrobbles')).body.items,
        output: second.output(),
      }),
      (seen) => seen.titles.length === 2,
    );
    expect(titles()).toEqual(['One', 'Two']);
    const seconds = lastfm.scrobblesOf(user.lastfmUsername).map(({ timestamp }) => timestamp);
    expect(new Set(seconds).size).toBe(2);
  });

  it('delivers with two replicas on one database as with one', async () => {
    const [first, second] = await Promise.all([startServer(), startServer()]);
    const factory = new Factory(first.origin, lastfm);
    const users = await Promise.all(Array.from({ length: 5 }, () => factory.linkedUser()));
    await Promise.all(
      users.map(async ({ token }, index) => {
        const { origin } = index % 2 === 0 ? first : second;
        const client = new TestClient(origin, { authorization: `Bearer ${token}` });
        await client.post(
          '/scrobbles',
          Array.from({ length: 60 }, (_, i) => track(`Song ${i}`)),
        );
      }),
    );
    for (const user of users) {
      const expected = Array.from({ length: 60 }, (_, i) => `Song ${i}`);
      await eventually(
        () => lastfm.scrobblesOf(user.lastfmUsername).length,
        (count) => count >= 60,
      );
      expect(lastfm.scrobblesOf(user.lastfmUsername).map((scrobble) => scrobble.track)).toEqual(expected);
    }
  });
});
