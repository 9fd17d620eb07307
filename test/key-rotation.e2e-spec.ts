import { randomBytes } from 'node:crypto';

import pg from 'pg';

import { SealedColumn } from '../src/common/crypto/sealed-column.js';
import { SecretBox } from '../src/common/crypto/secret-box.js';
import { SEALED_SESSION_KEY } from '../src/modules/lastfm/accounts/lastfm-account.entity.js';
import { SEALED_ACCESS_TOKEN, SEALED_REFRESH_TOKEN } from '../src/modules/platforms/spotify/platform-account.entity.js';
import { runCommand, RunningCommand } from './support/command.js';
import { eventually } from './support/eventually.js';
import { Handshake } from './support/handshake.js';
import { sessionKeyOf } from './support/session-key-of.js';
import { TestApp } from './support/test-app.js';

const [OLD, NEW] = [`old:${randomBytes(32).toString('base64')}`, `new:${randomBytes(32).toString('base64')}`];

describe('npm run cli -- keys rotate', () => {
  let app: TestApp;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    // It serves with the old key in the first place and knows the new one, as the first step of a rotation has it.
    app = await TestApp.start({ ENCRYPTION_KEYS: `${OLD},${NEW}` });
    env = { DATABASE_URL: app.databaseUrl, ENCRYPTION_KEYS: `${NEW},${OLD}` };
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  const rotate = () => runCommand(['keys', 'rotate'], env);

  /** Of every sealed value the key that it names, in the order of the rows' ids. */
  const keysInUse = async () => {
    const rows = await app.sql<{ key: string }>(
      `select split_part(session_key, '.', 2) as key from lastfm_account
        union all select split_part(session_key, '.', 2) from lastfm_handshake where session_key is not null
        union all select split_part(secret, '.', 2) from second_factor
        union all select unnest(array[split_part(access_token, '.', 2), split_part(refresh_token, '.', 2)])
                    from platform_account`,
    );
    return rows.map(({ key }) => key);
  };

  const waitingHandshake = async () => {
    const handshake = await Handshake.start(app, await app.create.user());
    const browser = app.browser();
    await handshake.comeBack(browser, await handshake.allow('grace'));
    return { handshake, browser };
  };

  const connectSpotify = async ({ id }: { id: string }) => {
    const box = app.get(SecretBox);
    const [access, refresh] = [SEALED_ACCESS_TOKEN.contextOf(id), SEALED_REFRESH_TOKEN.contextOf(id)];
    await app.sql(
      `insert into platform_account (id, user_id, platform, external_id, name, state, access_token, refresh_token, scope,
                                     connected_at, consent_ends_at)
       values ($1, $1, 'spotify', 'ada', 'Ada', 'connected', $2, $3, '', now(), now())`,
      [id, box.seal('access', access), box.seal('refresh', refresh)],
    );
  };

  /** A transaction that holds the account's row, as a request that changes it does. */
  const holdAccount = async ({ id }: { id: string }) => {
    const holder = new pg.Client({ connectionString: env['DATABASE_URL']! });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select from lastfm_account where user_id = $1 for update', [id]);
    return holder;
  };

  it('seals every secret with the current key, says how many, and leaves them what they were', async () => {
    const users = [await app.create.linkedUser(), await app.create.linkedUser()];
    const { handshake, browser } = await waitingHandshake();
    await users[0]!.browser.post('/me/second-factor', { currentPassword: users[0]!.password });
    await connectSpotify(users[0]!);
    const before = await Promise.all(users.map((user) => sessionKeyOf(app, user)));
    expect(await keysInUse()).toEqual(Array<string>(6).fill('old'));

    expect(await rotate()).toEqual({
      code: 0,
      stdout:
        'lastfm_account.session_key: 2 re-encrypted, 2 with the current key\n' +
        'lastfm_handshake.session_key: 1 re-encrypted, 1 with the current key\n' +
        'platform_account.access_token: 1 re-encrypted, 1 with the current key\n' +
        'platform_account.refresh_token: 1 re-encrypted, 1 with the current key\n' +
        'second_factor.secret: 1 re-encrypted, 1 with the current key\n',
      stderr: '',
    });

    expect(await keysInUse()).toEqual(Array<string>(6).fill('new'));
    expect(await Promise.all(users.map((user) => sessionKeyOf(app, user)))).toEqual(before);
    expect((await rotate()).stdout).toContain('lastfm_account.session_key: 0 re-encrypted, 2 with the current key\n');
    expect((await browser.post('/lfm/auth/confirm', { state: handshake.state })).status).toBe(200);
  });

  it('goes over more rows than it takes at once', async () => {
    const box = app.get(SecretBox);
    const people = await app.sql<{ id: string }>(
      `insert into app_user (id, display_name, role, time_zone, created_at)
       select gen_random_uuid(), 'Ada', 'user', 'UTC', now() from generate_series(1, 501) returning id`,
    );
    await app.sql(
      `insert into lastfm_account (user_id, username, username_key, session_key, state, scrobbling_enabled, linked_at)
       select id, id, id, sealed, 'linked', true, now() from unnest($1::uuid[], $2::text[]) as each (id, sealed)`,
      [people.map(({ id }) => id), people.map(({ id }) => box.seal('key', SEALED_SESSION_KEY.contextOf(id)))],
    );

    const rotations = await Promise.all([rotate(), rotate()]);

    const counts = rotations.map(({ stdout }) => Number(/account\.session_key: (\d+)/.exec(stdout)?.[1]));
    expect(counts[0]! + counts[1]!).toBe(501);
    expect(new Set(await keysInUse())).toEqual(new Set(['new']));
  });

  it('takes up where it was killed', async () => {
    const users = [await app.create.linkedUser(), await app.create.linkedUser(), await app.create.linkedUser()];
    const holder = await holdAccount(users[1]!);
    const killed = RunningCommand.start(['keys', 'rotate'], env);
    await eventually(keysInUse, (keys) => keys.toSorted().join() === 'new,new,old');
    await killed.killHard();
    await holder.end();

    expect((await rotate()).stdout).toContain('lastfm_account.session_key: 1 re-encrypted, 3 with the current key\n');
    expect(await keysInUse()).toEqual(['new', 'new', 'new']);
  });

  it('never writes over a secret that changes at the same moment', async () => {
    const user = await app.create.linkedUser();
    const holder = await holdAccount(user);
    const rotation = rotate();
    await eventually(
      () => app.sql("select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"),
      (waiting) => waiting.length === 1,
    );
    const changed = app.get(SecretBox).seal('another key', SEALED_SESSION_KEY.contextOf(user.id));
    await holder.query('update lastfm_account set session_key = $1 where user_id = $2', [changed, user.id]);
    await holder.query('commit');
    await holder.end();

    expect((await rotation).stdout).toContain('1 re-encrypted, 1 with the current key');
    expect(await keysInUse()).toEqual(['new']);
    expect(await sessionKeyOf(app, user)).toBe('another key');
  });

  it('names the key that is missing, leaves what it cannot read, and does the rest', async () => {
    const [lost, kept] = [await app.create.linkedUser(), await app.create.linkedUser()];
    await app.sql(
      `update lastfm_account set session_key = replace(session_key, 'v1.old.', 'v1.lost.') where user_id = $1`,
      [lost.id],
    );

    const { code, stdout, stderr } = await rotate();

    expect(code).toBe(1);
    expect(stdout).toContain(
      'lastfm_account.session_key: 1 re-encrypted, 1 with the current key, 1 with another key\n',
    );
    expect(stderr).toMatch(/^Some secrets are still sealed with: lost\./);
    expect(await sessionKeyOf(app, kept)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('knows every column that holds a sealed value', async () => {
    const { browser, password } = await app.create.linkedUser();
    await browser.post('/me/second-factor', { currentPassword: password });
    await waitingHandshake();
    await connectSpotify(await app.create.user());
    const columns = await app.sql<{ table: string; column: string }>(
      `select table_name as table, column_name as column from information_schema.columns
         join information_schema.tables using (table_schema, table_name)
        where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    const sealed: string[] = [];
    for (const { table, column } of columns) {
      const [row] = await app.sql<{ n: number }>(
        `select count(*)::int as n from "${table}" where "${column}"::text ~ 'v1\\.(old|new)\\.'`,
      );
      sealed.push(...(row!.n > 0 ? [`${table}.${column}`] : []));
    }

    const declared = SealedColumn.all().map(({ name }) => name);
    expect(sealed.toSorted()).toEqual(declared.filter((name) => sealed.includes(name)));
    expect(sealed).toEqual(
      expect.arrayContaining(['lastfm_account.session_key', 'platform_account.refresh_token', 'second_factor.secret']),
    );
  });
});
