import type { PanelAction, PanelTable } from '../admin/tables/panel-table.js';
import { panelTables } from '../admin/tables/panel-tables.js';
import { track } from './factories/factory.js';
import { PanelClient } from './support/panel-client.js';
import { TestApp } from './support/test-app.js';

const NOBODY = '01900000-0000-7000-8000-000000000000';
const BOT_KEY = 'bot-key-of-the-tests-0123456789abcdef';
const REFUSALS = ['not_signed_in', 'role_required', 'second_factor_required'];

describe('the administration panel', () => {
  let app: TestApp;
  let tables: PanelTable[];

  beforeAll(async () => {
    app = await TestApp.start({ BOT_API_KEY: BOT_KEY });
    tables = panelTables((service) => app.get(service));
  });

  afterEach(async () => {
    await app.sql('delete from graphile_worker._private_jobs');
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  const moderator = () => PanelClient.of(app, 'moderator');
  const admin = () => PanelClient.of(app, 'admin');
  const ids = (body: { records: Array<{ id: string }> }) => body.records.map(({ id }) => id);
  const trail = async () => {
    const rows = await app.sql<{ action: string; user_id: string | null; actor_id: string | null }>(
      'select action, user_id, actor_id from audit_entry order by occurred_at desc, id desc limit 1',
    );
    return rows[0]!;
  };

  /** Somebody whose one scrobble Last.fm has refused. */
  const withFailedScrobble = async () => {
    const user = await app.create.linkedUser();
    app.lastfm.faults.next({ kind: 'error', code: 6, message: 'Invalid parameters' }, { method: 'track.scrobble' });
    const { body } = await app.as(user).post('/scrobbles', track('Lost'));
    await app.deliver();
    return { user, row: `${user.id}.${body.items[0].id as string}` };
  };

  const withRun = async () => {
    const user = await app.create.linkedUser();
    const { id: playlistId } = await app.create.playlist(user, [track('One'), track('Two')]);
    const run = { playlistId, pace: { kind: 'interval', minutes: 1 }, order: 'sequential', repeat: true };
    const { body } = await user.browser.post('/scrobble-runs', run);
    return { user, row: body.id as string };
  };

  describe('who may', () => {
    const rowFor = ({ id }: PanelTable) => ({ jobs: '0', scrobbles: `${NOBODY}.${NOBODY}` })[id] ?? NOBODY;
    const attempts = (client: PanelClient) =>
      tables.flatMap((table) => {
        const row = rowFor(table);
        const reads = [
          { what: `${table.id} list`, role: table.role, call: () => client.list(table.id) },
          { what: `${table.id} search`, role: table.role, call: () => client.read(table.id, 'search') },
          { what: `${table.id} show`, role: table.role, call: () => client.read(table.id, 'show', row) },
        ];
        const acts = table.actions.flatMap(({ name, on, role }: PanelAction) => {
          const of = on === 'row' ? row : undefined;
          return [
            { what: `${table.id} ${name}`, role, call: () => client.do(table.id, name, of) },
            { what: `${table.id} ${name} (its form)`, role, call: () => client.read(table.id, name, of) },
          ];
        });
        return [...reads, ...acts];
      });
    const outcomes = async (client: PanelClient) => {
      const codes: Record<string, string> = {};
      for (const { what, call } of attempts(client)) {
        const { body } = await call();
        codes[what] = REFUSALS.includes(body.code as string) ? (body.code as string) : 'may';
      }
      return codes;
    };
    const expected = (client: PanelClient, of: (role: string) => string) =>
      Object.fromEntries(attempts(client).map(({ what, role }) => [what, of(role)]));

    it.each([
      { who: 'a visitor', client: () => Promise.resolve(PanelClient.visitor(app)), of: () => 'not_signed_in' },
      { who: 'a user', client: () => PanelClient.of(app, 'user'), of: () => 'role_required' },
      {
        who: 'a moderator',
        client: moderator,
        of: (role: string) => (role === 'moderator' ? 'may' : 'role_required'),
      },
      { who: 'an administrator', client: admin, of: () => 'may' },
    ])('$who: every table and every action', async ({ client: make, of }) => {
      const client = await make();

      expect(await outcomes(client)).toEqual(expected(client, of));
      expect(tables.flatMap(({ actions }) => actions).length).toBeGreaterThan(8);
    });

    it('nobody: what AdminJS would write itself', async () => {
      const { user, row } = await withRun();
      const client = await admin();

      for (const { id } of tables) {
        expect((await client.do(id, 'new', undefined, { state: 'x' })).status).toBe(404);
        expect((await client.do(id, 'edit', row, { state: 'x' })).status).toBe(404);
        expect((await client.do(id, 'delete', row)).status).toBe(404);
        expect((await client.browser.post(`${app.origin}/admin/api/resources/${id}/bulk/bulkDelete`)).status).toBe(404);
      }
      expect((await user.browser.get('/scrobble-runs')).body.items[0]).toMatchObject({ state: 'running' });
    });

    it('no other site, in the name of whoever is signed in there', async () => {
      const client = await admin();
      const target = await app.create.user();
      const address = client.address('users', 'suspend', target.id);
      const elsewhere = client.browser.with({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });

      expect((await elsewhere.post(address, { reason: 'x' })).body).toMatchObject({ code: 'cross_site_request' });
      const form = await client.browser.raw('POST', address, 'reason=x', 'application/x-www-form-urlencoded');
      expect(form.status).toBe(415);
      expect((await client.read('users', 'suspend', target.id)).status).toBe(200);
      expect((await target.browser.get('/me')).status).toBe(200);
    });
  });

  describe('its page', () => {
    it('sends a visitor to sign in and back, and tells others why it does not open', async () => {
      const visitor = await PanelClient.visitor(app).page('/resources/users');
      expect([visitor.status, visitor.headers.get('location')]).toEqual([
        302,
        '/sign-in?next=%2Fadmin%2Fresources%2Fusers',
      ]);
      const user = await (await PanelClient.of(app, 'user')).page();
      expect([user.status, user.text]).toEqual([403, expect.stringContaining('Only moderators and administrators')]);
    });

    it('runs no script but our own files, and loads nothing of another host', async () => {
      const client = await moderator();
      await client.browser.patch('/me', { displayName: '</script><script>alert(1)</script>' });

      const { status, headers, text } = await client.page();

      expect(status).toBe(200);
      expect(headers.get('content-security-policy')).toContain("script-src 'self';");
      expect(text).not.toContain('alert(1)</script>');
      expect([...text.matchAll(/<script(?! defer src="\/admin\/| type="application\/json")/g)]).toEqual([]);
      expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
    });
  });

  describe('shows', () => {
    it('no secret and no hash, whatever is opened', async () => {
      const client = await admin();
      const { user } = await withFailedScrobble();
      await withRun();
      await client.do('bot-keys', 'issue', undefined, { name: 'Radio' });
      await app.sql(`select graphile_worker.add_job('profile.check', json_build_object('userId', $1::text))`, [
        user.id,
      ]);
      const secrets = await secretValues();
      expect(secrets.length).toBeGreaterThan(8);

      const answers = [(await client.page()).text, (await client.api('dashboard')).text];
      for (const { id, actions } of tables) {
        const { body, text } = await client.list(id, '?perPage=500');
        answers.push(text, (await client.read(id, 'search')).text);
        expect([id, ids(body).length]).not.toEqual([id, 0]);
        for (const row of ids(body).slice(0, 3)) {
          answers.push((await client.read(id, 'show', row)).text);
          for (const { name } of actions.filter(({ on }) => on === 'row')) {
            answers.push((await client.read(id, name, row)).text);
          }
        }
      }

      expect(secrets.filter(({ value }) => answers.some((answer) => answer.includes(value)))).toEqual([]);
    });

    /** Whatever a column holds that is sealed, hashed or opens something. */
    const secretValues = async () => {
      const columns = await app.sql<{ table: string; column: string }>(
        `select table_name as "table", column_name as "column" from information_schema.columns
          where table_schema = 'public' and data_type in ('text', 'uuid')
            and column_name ~ '(hash|secret|session_key|token|lease)'`,
      );
      const values: Array<{ column: string; value: string }> = [];
      for (const { table, column } of columns) {
        const rows = await app.sql<{ value: string }>(
          `select distinct ${column}::text as value from ${table} where ${column} is not null`,
        );
        values.push(...rows.map(({ value }) => ({ column: `${table}.${column}`, value })));
      }
      return values;
    };

    it('what was looked for, by a part of a text, a state, a user or a time', async () => {
      const client = await moderator();
      const { user, row } = await withRun();
      const other = await withRun();

      const found = async (query: string) => ids((await client.list('scrobble-runs', query)).body);

      expect((await found('')).sort()).toEqual([row, other.row].sort());
      expect(await found(`?filters.userId=${user.id}`)).toEqual([row]);
      expect(await found('?filters.playlist=MORN&filters.state=running')).toHaveLength(2);
      expect(await found('?filters.playlist=%25')).toEqual([]);
      expect(await found('?filters.userId=nonsense')).toEqual([]);
      expect(await found('?page=-1&perPage=many')).toEqual([]);
      expect((await client.read('users', 'show', '5')).body.record.params).toEqual({});
      expect(ids((await client.list('users', `?filters.email=${user.email}`)).body)).toEqual([user.id]);
      expect(ids((await client.list('audit-trail', '?filters.occurredAt~~to=2000-01-01')).body)).toEqual([]);
    });

    it('failed scrobbles, or all of one user', async () => {
      const client = await moderator();
      const { user, row } = await withFailedScrobble();
      await app.as(user).post('/scrobbles', track('Fine'));

      expect(ids((await client.list('scrobbles')).body)).toEqual([row]);
      expect(ids((await client.list('scrobbles', `?filters.userId=${user.id}`)).body)).toHaveLength(2);
      const { body } = await client.read('scrobbles', 'show', row);
      expect(body.record.params).toMatchObject({ title: 'Lost', state: 'failed', reason: 'refused_by_lastfm' });
    });

    it('figures of the whole installation', async () => {
      const client = await moderator();
      await withFailedScrobble();
      await withRun();
      app.clock.advance({ minutes: 2 });

      const { body } = await client.api('dashboard');

      expect(body).toMatchObject({
        deliveries: expect.arrayContaining([{ label: 'failed', count: 1 }]),
        failures: [{ label: 'refused_by_lastfm (6)', count: 1 }],
        activeRuns: [{ label: 'running', count: 1 }],
        failedJobs: 0,
      });
      expect(body.signUps).toHaveLength(30);
      expect(body.signUps.at(-1).count).toBe(3);
    });
  });

  describe('lets people', () => {
    it('keep somebody out, and let them in again', async () => {
      const client = await moderator();
      const { user, row } = await withRun();
      const discordUserId = '80351110224678912';
      await app.sql(
        `insert into identity (id, user_id, kind, subject, name, created_at)
         values (gen_random_uuid(), $1, 'discord', $2, 'ada', now())`,
        [user.id, discordUserId],
      );
      const bot = app.browser().with({ 'x-bot-key': BOT_KEY });
      const heard = async () => {
        const timestamp = app.clock.now().getTime() / 1000 - 60;
        const play = { discordUserId, artist: 'Air', track: 'La Femme', timestamp };
        return (await bot.post('/lfm/scrobble?wait=0', [play])).body.results[0].status as string;
      };
      const signIn = () => app.browser().post('/auth/login', { email: user.email, password: user.password });

      expect((await client.do('users', 'suspend', user.id, { reason: ' ' })).body.errors).toHaveLength(1);
      const { status, body } = await client.do('users', 'suspend', user.id, { reason: 'Spam' });
      expect([status, body.notice.type, body.record.params.isSuspended]).toEqual([200, 'success', true]);

      expect(await trail()).toEqual({ action: 'user.suspended', user_id: user.id, actor_id: client.user.id });
      expect((await user.browser.get('/me')).status).toBe(401);
      expect((await app.as(user).get('/me')).status).toBe(401);
      expect((await signIn()).body).toMatchObject({ status: 403, code: 'user_suspended' });
      expect(await heard()).toBe('not_linked');
      await app.doJobs();
      expect((await client.read('scrobble-runs', 'show', row)).body.record.params.state).toBe('stopped');

      expect((await client.do('users', 'liftSuspension', user.id)).status).toBe(200);
      expect(await trail()).toMatchObject({ action: 'user.suspension-lifted', actor_id: client.user.id });
      expect((await signIn()).status).toBe(200);
      expect(await heard()).toBe('queued');
    });

    it('end every login of somebody', async () => {
      const client = await moderator();
      const user = await app.create.user();

      expect((await client.do('users', 'resetLogins', user.id)).status).toBe(200);

      expect((await user.browser.get('/me')).status).toBe(401);
      expect((await app.as(user).get('/me')).status).toBe(401);
      expect(await trail()).toEqual({ action: 'user.reset-by-moderator', user_id: user.id, actor_id: client.user.id });
    });

    it('do nothing to themselves, nor moderators to those above them', async () => {
      const [one, other] = [await moderator(), await admin()];

      expect((await one.do('users', 'suspend', one.user.id, { reason: 'x' })).body.code).toBe('own_account');
      expect((await one.do('users', 'suspend', other.user.id, { reason: 'x' })).body.code).toBe('higher_role');
      expect((await other.do('users', 'changeRole', other.user.id, { role: 'user' })).body.code).toBe('own_account');
      expect((await other.do('users', 'changeRole', one.user.id, { role: 'king' })).status).toBe(422);
      expect((await other.do('users', 'changeRole', one.user.id, { role: 'user' })).status).toBe(200);
      expect(await trail()).toEqual({ action: 'role.changed', user_id: one.user.id, actor_id: other.user.id });
      expect((await one.list('users')).body.code).toBe('role_required');
    });

    it('pause and stop a run', async () => {
      const client = await moderator();
      const { user, row } = await withRun();

      expect((await client.do('scrobble-runs', 'pause', row)).body.record.params.state).toBe('paused');
      expect(await trail()).toEqual({
        action: 'scrobble-run.paused-by-moderator',
        user_id: user.id,
        actor_id: client.user.id,
      });
      expect((await client.do('scrobble-runs', 'stop', row)).body.record.params.state).toBe('stopped');
      expect(await trail()).toMatchObject({ action: 'scrobble-run.stopped-by-moderator', actor_id: client.user.id });
      expect((await client.do('scrobble-runs', 'stop', row)).body.code).toBe('illegal_run_transition');
    });

    it('send a failed scrobble again', async () => {
      const client = await moderator();
      const { user, row } = await withFailedScrobble();

      expect((await client.do('scrobbles', 'retry', row)).body.record.params.state).toBe('queued');

      expect(await trail()).toEqual({
        action: 'scrobble.retried-by-moderator',
        user_id: user.id,
        actor_id: client.user.id,
      });
      await app.deliver();
      expect(app.lastfm.scrobblesOf(user.lastfmUsername)).toHaveLength(1);
      expect((await client.do('scrobbles', 'retry', row)).body.code).toBe('scrobble_not_resendable');
    });

    it('have a job done again that was given up', async () => {
      const client = await admin();
      const [job] = await app.sql<{ id: string }>(`select id from graphile_worker.add_job('audit.purge')`);
      await app.sql('update graphile_worker._private_jobs set attempts = max_attempts where id = $1', [job!.id]);

      expect((await client.do('jobs', 'retry', job!.id)).body.record.params).toMatchObject({ attempts: 0 });
      expect(await trail()).toMatchObject({ action: 'job.retried', user_id: client.user.id });
    });

    it('issue a bot key, told once, and revoke it', async () => {
      const client = await admin();

      const { body } = await client.do('bot-keys', 'issue', undefined, { name: 'Radio' });
      const key = /usb_\S+/.exec(body.said as string)![0];
      const bot = app.browser().with({ 'x-bot-key': key });
      expect((await bot.get('/lfm/80351110224678912')).status).not.toBe(401);

      const [row] = ids((await client.list('bot-keys')).body);
      expect((await client.do('bot-keys', 'revoke', row)).status).toBe(200);
      expect((await bot.get('/lfm/80351110224678912')).status).toBe(401);
      expect(await trail()).toMatchObject({ action: 'bot-key.revoked', user_id: client.user.id });
    });
  });
});
