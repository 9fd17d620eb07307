import { parse } from 'csv-parse/sync';
import { DataSource } from 'typeorm';

import type { DataExportId, UserId } from '../src/common/ids.js';
import { UserDataRegistry } from '../src/common/user-data/user-data-registry.js';
import { UnitOfWork } from '../src/events/unit-of-work.js';
import { DataExportAttempt, NotOursError } from '../src/modules/auth/data-export/data-export-attempt.js';
import { type LinkedTestUser, type TestUser, track } from './factories/factory.js';
import { EventStream } from './support/event-stream.js';
import { TestApp } from './support/test-app.js';
import { unzip } from './support/unzip.js';

/** What refers to a user and is nothing to hand out. */
const NOT_EXPORTED = [
  'bot_key',
  'data_export',
  'ledger_move',
  'listening_change',
  'listening_statistics',
  'login_challenge',
  'password_reset',
  'recovery_code',
  'sign_in_attempt',
  'user_merge',
];
const EVIL = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'];

describe('/me/export', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  const exported = async (user: TestUser) => {
    expect((await user.browser.post('/me/export')).status).toBe(202);
    await app.doJobs();
    return (await user.browser.download('/me/export/file')).bytes;
  };
  const exportId = async (user: TestUser) => {
    const [row] = await app.sql<{ id: DataExportId }>('select id from data_export where user_id = $1', [user.id]);
    return row!.id;
  };
  /** More than one fetch of the reading, and names that a spreadsheet would run. */
  const plays = async (user: TestUser, count: number) => {
    await app.sql(
      `insert into scrobble (user_id, id, artist, title, played_at, source, provenance, chosen_by_user, match_key, created_at)
       select $1, gen_random_uuid(), coalesce(($3::text[])[i], 'Artist "' || i || '", Ünï'), 'Title ' || i,
              '2026-01-01'::timestamptz + make_interval(secs => i), 'manual', 'manual', true, 'k' || i, now()
         from generate_series(1, $2::int) as i`,
      [user.id, count, EVIL],
    );
  };
  const busyUser = async (): Promise<LinkedTestUser> => {
    const user = await app.create.linkedUser();
    await app.create.playlist(user, [track('One'), track('Two')]);
    return user;
  };

  it('holds everything of the user, in JSON and in CSV, and nothing of anyone else', async () => {
    const [user, other] = [await busyUser(), await busyUser()];
    await plays(user, 2_345);
    await plays(other, 3);

    const files = await unzip(await exported(user));

    const tables = app.get(UserDataRegistry).exported();
    expect([...files.keys()]).toEqual([
      'READ ME.txt',
      ...tables.flatMap(({ name }) => [`json/${name}.json`, `csv/${name}.csv`]),
    ]);
    for (const { name, columns } of tables) {
      const rows = JSON.parse(files.get(`json/${name}.json`)!) as Array<Record<string, unknown>>;
      const csv = parse(files.get(`csv/${name}.csv`)!, { columns: true, bom: true });
      expect([name, csv.length]).toEqual([name, rows.length]);
      rows.forEach((row) => {
        expect(Object.keys(row)).toEqual(Object.keys(columns));
      });
    }
    const scrobbles = JSON.parse(files.get('json/scrobbles.json')!) as Array<{ artist: string; title: string }>;
    expect(scrobbles.map(({ title }) => title)).toEqual(Array.from({ length: 2_345 }, (_, i) => `Title ${i + 1}`));
    expect(scrobbles.slice(0, EVIL.length).map(({ artist }) => artist)).toEqual(EVIL);
    expect(JSON.parse(files.get('json/playlist-tracks.json')!)).toHaveLength(2);
    expect(JSON.parse(files.get('json/profile.json')!)).toMatchObject([{ id: user.id, displayName: 'Ada' }]);
    expect(files.get('csv/ways-to-sign-in.csv')).toContain(user.email);
    expect(files.get('csv/lastfm-account.csv')).toContain(user.lastfmUsername);
    expect(files.get('READ ME.txt')).toContain('scrobbles: every play');
    const everything = [...files.values()].join('\n');
    for (const foreign of [other.id, other.email, other.lastfmUsername]) {
      expect(everything).not.toContain(foreign);
    }
  });

  it('has no cell that a spreadsheet would run', async () => {
    const user = await app.create.user();
    await plays(user, EVIL.length);

    const files = await unzip(await exported(user));

    const rows = parse<{ artist: string }>(files.get('csv/scrobbles.csv')!, { columns: true, bom: true });
    expect(rows.map(({ artist }) => artist)).toEqual(EVIL.map((artist) => `'${artist}`));
    expect(files.get('csv/scrobbles.csv')).toMatch(/^\ufeffid,artist,title/);
  });

  it('leaves out no table that refers to a user', async () => {
    const tables = await app.sql<{ name: string }>(
      `select distinct conrelid::regclass::text as name from pg_constraint
        where contype = 'f' and conparentid = 0 and confrelid in ('app_user'::regclass, 'scrobble'::regclass)`,
    );
    const sources = app
      .get(UserDataRegistry)
      .exported()
      .map(({ from }) => from)
      .join('\n');

    expect(tables.length).toBeGreaterThan(10);
    expect(tables.map(({ name }) => name).filter((name) => !new RegExp(`\\b${name}\\b`).test(sources))).toEqual(
      NOT_EXPORTED,
    );
  });

  it('says how far it is, tells open browsers, and is downloaded from any replica', async () => {
    const user = await app.create.user();
    await plays(user, 10);
    expect((await user.browser.get('/me/export')).body).toMatchObject({ status: 404, code: 'export_not_found' });
    const replica = await app.startReplica();
    try {
      const stream = await EventStream.open(replica.origin, { authorization: `Bearer ${user.token}` });
      await stream.next();
      const { body: begun } = await user.browser.post('/me/export');
      expect(begun).toMatchObject({ state: 'preparing', doneRows: 0, totalRows: null, sizeBytes: null });
      expect((await user.browser.download('/me/export/file')).status).toBe(409);
      expect(await stream.next()).toMatchObject({ kind: 'data-export' });
      await app.doJobs();
      expect(await stream.next()).toMatchObject({ kind: 'data-export' });
      stream.close();
      const { body: made } = await user.browser.get('/me/export');
      expect(made).toMatchObject({ state: 'ready', doneRows: made.totalRows });
      expect(made.totalRows).toBeGreaterThan(20);

      const response = await fetch(`${replica.origin}/api/me/export/file`, {
        headers: { cookie: `sid=${user.browser.cookie('sid')!}` },
      });
      expect(response.headers.get('content-type')).toBe('application/zip');
      expect(response.headers.get('content-disposition')).toMatch(
        /^attachment; filename="universal-scrobbler-\d{4}-\d\d-\d\d\.zip"$/,
      );
      expect(response.headers.get('cache-control')).toBe('no-store');
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes).toHaveLength(made.sizeBytes);
      expect((await unzip(bytes)).size).toBeGreaterThan(20);
    } finally {
      await replica.stop();
    }
    const { body: events } = await user.browser.get('/me/security-events');
    expect(events.items.map(({ action }: { action: string }) => action).slice(0, 2)).toEqual([
      'export.downloaded',
      'export.requested',
    ]);
  });

  it('is one at a time, however often it is asked for at once; a later one takes its place', async () => {
    const user = await app.create.user();
    const answers = await Promise.all([1, 2, 3, 4].map(() => user.browser.post('/me/export')));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(await app.sql('select from data_export')).toHaveLength(1);
    const first = await exportId(user);
    await app.doJobs();

    await exported(user);
    expect(await exportId(user)).not.toBe(first);
    expect(await app.sql('select from data_export_chunk where export_id = $1', [first])).toEqual([]);
  });

  it('starts again when its worker is killed; that worker, if it lives after all, changes nothing', async () => {
    const user = await app.create.user();
    await plays(user, 5);
    await user.browser.post('/me/export');
    const killed = new DataExportAttempt(app.get(UnitOfWork), await exportId(user), user.id as UserId);
    await killed.begin();
    await killed.store(Buffer.from('half a file'), { doneRows: 3, totalRows: 10 });

    await app.doJobs();

    const late = { doneRows: 4, totalRows: 10 };
    await expect(killed.store(Buffer.from('the other half'), late)).rejects.toThrow(NotOursError);
    await expect(killed.finish(app.clock.now())).rejects.toThrow(NotOursError);
    const { bytes } = await user.browser.download('/me/export/file');
    expect(JSON.parse((await unzip(bytes)).get('json/scrobbles.json')!)).toHaveLength(5);
  });

  it('says so when it cannot be made, after the third attempt, and can be asked for again', async () => {
    const retry = async () => {
      await app.sql('update graphile_worker._private_jobs set run_at = now()');
      await app.doJobs();
    };
    const user = await app.create.user();
    await user.browser.post('/me/export');
    await app.sql('alter table notification rename to gone');
    try {
      await app.doJobs();
      expect((await user.browser.get('/me/export')).body).toMatchObject({ state: 'preparing' });
      await retry();
      await retry();
    } finally {
      await app.sql('alter table gone rename to notification');
    }

    expect((await user.browser.get('/me/export')).body).toMatchObject({ state: 'failed' });
    expect((await user.browser.get('/me/export/file')).body).toMatchObject({ status: 409, code: 'export_failed' });
    expect((await unzip(await exported(user))).size).toBeGreaterThan(20);
  });

  it('is gone after a day, when it is deleted, and with its user, also while it is made', async () => {
    const user = await app.create.user();
    await exported(user);
    app.clock.advance({ hours: 24 });
    expect((await user.browser.download('/me/export/file')).status).toBe(404);
    await app.nest.get(DataSource).query(`select graphile_worker.add_job('exports.purge')`);
    await app.doJobs();
    const chunks = () => app.sql('select from data_export_chunk');
    expect(await chunks()).toEqual([]);

    await exported(user);
    expect((await user.browser.delete('/me/export')).status).toBe(204);
    expect((await user.browser.delete('/me/export')).status).toBe(404);
    expect(await chunks()).toEqual([]);

    await user.browser.post('/me/export');
    const writing = new DataExportAttempt(app.get(UnitOfWork), await exportId(user), user.id as UserId);
    await writing.begin();
    await writing.store(Buffer.from('a piece'), { doneRows: 1, totalRows: 2 });
    expect((await user.browser.delete('/me')).status).toBe(204);
    await expect(writing.store(Buffer.from('a piece'), { doneRows: 2, totalRows: 2 })).rejects.toThrow(NotOursError);
    expect(await chunks()).toEqual([]);
  });

  it('is for a signed-in browser: a personal token gets nothing', async () => {
    const user = await app.create.user();
    await exported(user);
    for (const [method, path] of [
      ['POST', '/me/export'],
      ['GET', '/me/export'],
      ['GET', '/me/export/file'],
      ['DELETE', '/me/export'],
    ] as const) {
      expect((await app.as(user).request(method, path)).body).toMatchObject({ status: 403, code: 'login_required' });
    }
  });
});
