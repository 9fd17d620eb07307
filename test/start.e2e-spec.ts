import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import pg from 'pg';

import { track } from './factories/factory.js';
import { EventStream } from './support/event-stream.js';
import { eventually } from './support/eventually.js';
import { ServerProcess } from './support/server-process.js';
import { TestClient } from './support/test-client.js';
import { createTestDatabase, type TestDatabase } from './support/test-database.js';

const PASSWORD = 'correct horse battery';

/** The built server as a process of its own, on a database that nobody has prepared. Time is real here. */
describe('the server', () => {
  let database: TestDatabase;
  let dataDir: string;
  let env: NodeJS.ProcessEnv;
  let servers: ServerProcess[];

  beforeEach(async () => {
    database = await createTestDatabase({ isMigrated: false });
    dataDir = await mkdtemp(path.join(os.tmpdir(), 'universal-scrobbler-start-'));
    servers = [];
    env = { DATABASE_URL: database.url, DATA_DIR: dataDir, SANDBOX_PORT: '0' };
  });

  afterEach(async () => {
    await Promise.all(servers.map((server) => server.killHard()));
    await database.drop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  const start = async (more: NodeJS.ProcessEnv = {}): Promise<ServerProcess> => {
    const server = await ServerProcess.start({ ...env, ...more });
    servers.push(server);
    return server;
  };

  const register = async ({ origin }: ServerProcess): Promise<TestClient> => {
    const browser = new TestClient(origin);
    await browser.post('/auth/register', { email: 'ada@example.org', password: PASSWORD, displayName: 'Ada' });
    return browser;
  };

  /** Goes to the sandbox's consent page and back. */
  const link = async (browser: TestClient): Promise<void> => {
    const { body } = await browser.get('/lfm/auth/start');
    const answer = await fetch(body.url as string, {
      method: 'POST',
      body: new URLSearchParams({ decision: 'allow', username: 'ada' }),
      redirect: 'manual',
    });
    await browser.get(answer.headers.get('location') ?? '');
  };

  const sandboxOf = async ({ origin }: ServerProcess): Promise<string> => {
    const { body } = await new TestClient(origin).get('/installation');
    return body.lastfm.origin as string;
  };

  const demoOf = ({ output }: ServerProcess): string[] => output().match(/demo@example\.org|demo-[0-9a-f]{12}/g) ?? [];

  it('comes up on an empty database, prints one address and how to sign in', async () => {
    const server = await start();

    const [email = '', password = ''] = demoOf(server);
    const browser = new TestClient(server.origin);

    expect(server.output()).toContain(`Open ${server.origin}\n`);
    expect(server.output()).toContain(await sandboxOf(server));
    expect(server.output().match(/The Discord bot +DISCORD_TOKEN/g)).toHaveLength(1);
    expect((await browser.post('/auth/login', { email, password })).status).toBe(200);
    expect((await browser.get('/health/ready')).status).toBe(200);
  });

  it('comes up twice at once on one empty database, and both share keys, demo account and sandbox', async () => {
    const [first, second] = await Promise.all([start(), start()]);

    expect(demoOf(first)).toHaveLength(2);
    expect(demoOf(second)).toEqual(demoOf(first));
    expect(await sandboxOf(second)).toBe(await sandboxOf(first));
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from app_user');
    await client.end();
    expect(rows).toEqual([{ n: 1 }]);

    const browser = await register(first);
    await link(browser);
    const elsewhere = new TestClient(second.origin);
    await elsewhere.post('/auth/login', { email: 'ada@example.org', password: PASSWORD });
    await elsewhere.post('/scrobbles', track('One'));
    await eventually(
      async () => (await browser.get('/scrobbles')).body.items[0].state as string,
      (state) => state === 'accepted',
    );
  });

  it('takes the sandbox over, with all it knows, when the process that had it is killed', async () => {
    const first = await start();
    const browser = await register(first);
    await link(browser);
    const second = await start();
    const sandbox = await sandboxOf(first);

    await first.killHard();

    const answer = await eventually(
      () => fetch(`${sandbox}/user/ada`).catch(() => null),
      (response) => response !== null,
    );
    expect(answer?.status).toBe(200);
    expect(await sandboxOf(second)).toBe(sandbox);
  });

  it.each([
    { wrong: 'PORT', more: { PORT: 'three thousand' }, sentence: 'PORT must be a port number, 0 to 65535.' },
    {
      wrong: 'DATABASE_URL',
      more: { DATABASE_URL: 'mysql://a' },
      sentence: 'DATABASE_URL must be a PostgreSQL address',
    },
    {
      wrong: 'ENCRYPTION_KEYS',
      more: { ENCRYPTION_KEYS: 'k:secret' },
      sentence: 'ENCRYPTION_KEYS must be a list of id:key',
    },
    {
      wrong: 'PUBLIC_URL',
      more: { PUBLIC_URL: 'ftp://example' },
      sentence: 'PUBLIC_URL must be the address people open',
    },
    {
      wrong: 'LASTFM_API_KEY without its secret',
      more: { LASTFM_API_KEY: 'f'.repeat(32) },
      sentence: 'LASTFM_API_KEY and LASTFM_API_SECRET must be set together',
    },
    {
      wrong: 'production without keys',
      more: { NODE_ENV: 'production' },
      sentence: 'LASTFM_API_KEY must be set in production',
    },
    {
      wrong: 'a database that does not answer',
      more: { DATABASE_URL: 'postgres://nobody:pass-word@127.0.0.1:1/none' },
      sentence: 'DATABASE_URL names a database that cannot be reached',
    },
  ])('does not start with $wrong: a sentence says what is wrong, and nothing secret', async ({ more, sentence }) => {
    const failure = await start(more).then(
      () => 'it started',
      (error: unknown) => (error as Error).message,
    );

    expect(failure).toMatch(/^The server ended with 1:\s+Universal Scrobbler cannot start\.\n/);
    expect(failure).toContain(sentence);
    expect(failure).not.toMatch(/ {4}at |k:secret|pass-word|f{32}/);
  });

  it('names every wrong variable at once', async () => {
    await expect(start({ PORT: '-1', LOG_LEVEL: 'loud' })).rejects.toThrow(
      /ended with 1:[^]*PORT must be [^]*LOG_LEVEL must be /,
    );
  });

  it('does not start on a port that is taken, and says so', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      await expect(start({ PORT: String(port) })).rejects.toThrow(
        new RegExp(`ended with 1:[^]*PORT ${port} is used by another program\\. Stop it, or set PORT to a free one\\.`),
      );
    } finally {
      other.close();
    }
  });

  it('ends with 0 when it is told to stop, with browsers listening', async () => {
    const server = await start();
    const browser = await register(server);
    const stream = await EventStream.open(server.origin, { cookie: `sid=${browser.cookie('sid') ?? ''}` });
    await stream.next();

    // One that had to be broken off would not end with 0.
    const code = await server.stop();

    expect(code).toBe(0);
    expect(server.output()).not.toMatch(/error/i);
    await stream.ended;
  });

  it('makes a key once, for its owner alone, and opens with it what it sealed before a restart', async () => {
    const file = path.join(dataDir, 'encryption-keys');
    const first = await start();
    await link(await register(first));
    const made = await readFile(file, 'utf8');
    expect(made).toMatch(/^local:[A-Za-z0-9+/]{43}=\n$/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(first.output()).not.toContain(made.trim().slice(6));
    await first.stop();

    const second = await start();
    const browser = new TestClient(second.origin);
    await browser.post('/auth/login', { email: 'ada@example.org', password: PASSWORD });
    await browser.post('/scrobbles', track('One'));
    await eventually(
      async () => (await browser.get('/scrobbles')).body.items[0].state as string,
      (state) => state === 'accepted',
    );
    expect(await readFile(file, 'utf8')).toBe(made);
  });
});
