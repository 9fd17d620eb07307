import { track, type TestUser } from './factories/factory.js';
import { TestApp } from './support/test-app.js';

const FILE = '/scrobbles/import';
/** The clock of the tests stands at 2026-01-15T12:00:00Z. */
const NOW = Date.UTC(2026, 0, 15, 12) / 1000;
const DAY = 24 * 3600;

interface Row {
  title: string;
  at: number;
}

const csv = (rows: readonly Row[]): string =>
  `time,artist,track,album\n${rows.map(({ title, at }) => `${at},The Examples,${title},Lives`).join('\n')}\n`;
const recent = (title: string): Row => ({ title, at: NOW - DAY });
const old = (title: string): Row => ({ title, at: NOW - 400 * DAY });

describe('/scrobbles/import', () => {
  let app: TestApp;
  let ada: TestUser & { lastfmUsername: string };

  beforeAll(async () => {
    app = await TestApp.start();
  });

  beforeEach(async () => {
    ada = await app.create.linkedUser();
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  const bring = (content: string, fields: Record<string, string> = {}, user: TestUser = ada) => {
    const form = new FormData();
    Object.entries(fields).forEach(([field, value]) => {
      form.append(field, value);
    });
    form.append('file', new Blob([content]), '../../history.csv');
    return app.as(user).upload(FILE, form);
  };
  const find = async (id: string) => (await app.as(ada).get(`/scrobbles/imports/${id}`)).body;
  const imported = async (content: string, fields?: Record<string, string>): Promise<string> => {
    const { status, body } = await bring(content, fields);
    expect(status).toBe(202);
    await app.doJobs();
    return body.importId as string;
  };
  const history = async (): Promise<Array<{ title: string; state: string; reason: string | null }>> => {
    const { body } = await app.as(ada).get('/scrobbles?limit=1000');
    return body.items as Array<{ title: string; state: string; reason: string | null }>;
  };

  it('sends what is younger than 14 days and keeps what is older', async () => {
    const id = await imported(csv([recent('Young'), old('Old')]));
    await app.deliver();

    expect(await find(id)).toMatchObject({
      state: 'completed',
      format: 'csv',
      fileName: 'history.csv',
      rowsDone: 2,
      counts: { accepted: 1, archived: 1 },
      preview: { rows: 2, plays: 2, recent: 1, skippedTotal: 0 },
    });
    expect(app.lastfm.scrobblesOf(ada.lastfmUsername).map(({ track: title }) => title)).toEqual(['Young']);
    expect(await history()).toEqual([
      expect.objectContaining({ title: 'Young', state: 'accepted', source: 'import', provenance: 'heard' }),
      expect.objectContaining({ title: 'Old', state: 'archived', reason: 'older_than_14_days' }),
    ]);
  });

  it('shows what a file holds before anything of it is recorded', async () => {
    const id = await imported(`${csv([recent('Young'), old('Old')])}nonsense\n`, { preview: 'true' });

    expect(await find(id)).toMatchObject({
      state: 'ready',
      preview: {
        rows: 3,
        plays: 2,
        recent: 1,
        firstPlayedAt: '2024-12-11T12:00:00.000Z',
        lastPlayedAt: '2026-01-14T12:00:00.000Z',
        sample: [{ title: 'Young' }, { title: 'Old' }],
        skippedTotal: 1,
        skipped: [{ row: 4, reason: 'There is no artist.' }],
      },
      counts: {},
    });
    expect(await history()).toEqual([]);

    const started = await app.as(ada).post(`/scrobbles/imports/${id}/start`, { sendRecent: false });
    await app.doJobs();

    expect(started.body).toMatchObject({ state: 'importing', sendRecent: false });
    expect(await find(id)).toMatchObject({ state: 'completed', counts: { archived: 2 } });
    expect((await history())[0]).toMatchObject({ title: 'Young', state: 'archived', reason: 'not_wanted_at_lastfm' });
  });

  it('never sends what comes from Last.fm itself', async () => {
    const id = await imported(`uts,artist,album,track\n${NOW - DAY},The Examples,Lives,Young\n`);

    expect(await find(id)).toMatchObject({ format: 'lastfm-csv', alreadyAtLastfm: true, counts: { archived: 1 } });
    expect((await history())[0]).toMatchObject({ reason: 'already_at_lastfm' });
  });

  it('asks for the time zone of a player that does not know it', async () => {
    const log = `#AUDIOSCROBBLER/1.1\n#TZ/UNKNOWN\nThe Examples\tLives\tYoung\t1\t200\tL\t${NOW - DAY}\t\n`;
    const id = await imported(log, { preview: 'true' });
    expect(await find(id)).toMatchObject({ needsTimeZone: true, format: 'scrobbler-log' });

    await app.as(ada).post(`/scrobbles/imports/${id}/start`, { timeZone: 'America/New_York' });
    await app.doJobs();

    expect((await history())[0]).toMatchObject({ playedAt: '2026-01-14T17:00:00.000Z' });
  });

  it('records a play that is in the ledger already as a duplicate of it', async () => {
    await app.as(ada).post('/scrobbles', { ...track('Young'), playedAt: new Date((NOW - DAY) * 1000).toISOString() });

    const id = await imported(csv([recent('Young'), recent('Other')]));

    expect(await find(id)).toMatchObject({ counts: { duplicate: 1, queued: 1 } });
  });

  it('goes on where a killed worker stopped, and doubles nothing', async () => {
    const rows = Array.from({ length: 1_200 }, (_, index) => ({
      title: `Song ${index}`,
      at: NOW - 100 * DAY + 200 * index,
    }));
    const id = await imported(csv(rows), { preview: 'true' });
    await app.as(ada).post(`/scrobbles/imports/${id}/start`, {});
    // The third batch cannot be written: as far as the ledger is concerned, the worker dies there.
    await app.sql(
      `create function stop_here() returns trigger language plpgsql as
       $$ begin if new.title = 'Song 1001' then raise exception 'killed'; end if; return new; end $$`,
    );
    await app.sql('create trigger stop_here before insert on scrobble for each row execute function stop_here()');
    await app.doJobs();
    expect(await find(id)).toMatchObject({ state: 'importing', rowsDone: 1_000 });

    await app.sql('drop trigger stop_here on scrobble');
    await app.sql('drop function stop_here');
    await app.sql(`update graphile_worker._private_jobs set run_at = now(), locked_at = null`);
    await app.doJobs();

    expect(await find(id)).toMatchObject({ state: 'completed', rowsDone: 1_200, counts: { archived: 1_200 } });
  });

  it('keeps nothing of a file that breaks off', async () => {
    const id = await imported(
      `[{"listened_at":${NOW - DAY},"track_metadata":{"artist_name":"A","track_name":"B"}},{"li`,
    );

    expect(await find(id)).toMatchObject({ state: 'failed', failure: { code: 'history_broken' }, counts: {} });
    expect(await history()).toEqual([]);
    expect(await app.sql('select 1 from scrobble_import_chunk')).toEqual([]);
  });

  it('says what it reads when a file is no listening history', async () => {
    const id = await imported('hello, world');

    expect(await find(id)).toMatchObject({
      state: 'failed',
      failure: { code: 'history_format_unknown', message: expect.stringContaining('Spotify') },
    });
  });

  it.each([
    { field: 'timeZone', value: 'Mars/Olympus' },
    { field: 'preview', value: 'perhaps' },
  ])('refuses $field $value', async ({ field, value }) => {
    const { status, body } = await bring(csv([old('Old')]), { [field]: value });

    expect([status, body.code, body.errors[0].path]).toEqual([422, 'invalid_input', field]);
    expect((await app.as(ada).get('/scrobbles/imports')).body).toEqual({ items: [], total: 0 });
  });

  it('takes one import of a user at a time, also of two at once', async () => {
    const answers = await Promise.all([bring(csv([old('One')])), bring(csv([old('Two')]))]);

    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'import_under_way' });
  });

  it('can be cancelled before it has begun, and then not started', async () => {
    const id = await imported(csv([old('Old')]), { preview: 'true' });

    const cancelled = await app.as(ada).post(`/scrobbles/imports/${id}/cancel`, {});
    const started = await app.as(ada).post(`/scrobbles/imports/${id}/start`, {});

    expect(cancelled.body).toMatchObject({ state: 'cancelled' });
    expect([started.status, started.body.code]).toEqual([409, 'illegal_import_transition']);
    expect(await app.sql('select 1 from scrobble_import_chunk')).toEqual([]);
  });

  it('cancels a preview that nobody came back for within a day', async () => {
    const id = await imported(csv([old('Old')]), { preview: 'true' });
    app.clock.advance({ hours: 25 });
    await app.sql(`select graphile_worker.add_job('imports.purge')`);
    await app.doJobs();

    expect(await find(id)).toMatchObject({ state: 'cancelled' });
  });

  describe('taking it back', () => {
    it('leaves what Last.fm has, and nothing else', async () => {
      const id = await imported(csv([recent('Young'), old('Old')]));
      await app.deliver();

      const { status } = await app.as(ada).delete(`/scrobbles/imports/${id}`);
      await app.doJobs();

      expect(status).toBe(200);
      expect(await find(id)).toMatchObject({ state: 'undone', removed: 1, counts: { accepted: 1 } });
      expect((await history()).map(({ title }) => title)).toEqual(['Young']);
    });

    it('sends nothing of it any more', async () => {
      const id = await imported(csv([recent('Young')]));

      await app.as(ada).delete(`/scrobbles/imports/${id}`);
      await app.doJobs();
      await app.deliver();

      expect(app.lastfm.scrobblesOf(ada.lastfmUsername)).toEqual([]);
      expect(await history()).toEqual([]);
    });

    it('lets the play that it stood for be sent after all, once', async () => {
      const id = await imported(csv([recent('Young')]));
      const playedAt = new Date((NOW - DAY) * 1000).toISOString();
      await app.as(ada).post('/scrobbles', [
        { ...track('Young'), playedAt },
        { ...track('Young'), playedAt },
      ]);

      await app.as(ada).delete(`/scrobbles/imports/${id}`);
      await app.doJobs();
      await app.deliver();

      expect((await history()).map(({ state }) => state).sort()).toEqual(['accepted', 'duplicate']);
      expect(app.lastfm.scrobblesOf(ada.lastfmUsername)).toHaveLength(1);
    });

    it('does it once, however often it is asked', async () => {
      const id = await imported(csv([old('Old')]));

      await Promise.all([
        app.as(ada).delete(`/scrobbles/imports/${id}`),
        app.as(ada).delete(`/scrobbles/imports/${id}`),
      ]);
      await app.doJobs();
      const again = await app.as(ada).delete(`/scrobbles/imports/${id}`);

      expect(again.body).toMatchObject({ state: 'undone', removed: 1 });
    });
  });

  it("is nobody else's business", async () => {
    const id = await imported(csv([old('Old')]), { preview: 'true' });
    const eve = await app.create.user();

    const answers = [
      await app.as(eve).get(`/scrobbles/imports/${id}`),
      await app.as(eve).post(`/scrobbles/imports/${id}/start`, {}),
      await app.as(eve).post(`/scrobbles/imports/${id}/cancel`, {}),
      await app.as(eve).delete(`/scrobbles/imports/${id}`),
    ];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [404, 'import_not_found']),
    );
    expect(await find(id)).toMatchObject({ state: 'ready' });
  });

  it('is gone with its user', async () => {
    await imported(csv([old('Old')]), { preview: 'true' });

    await ada.browser.delete('/me');

    expect(await app.sql('select 1 from scrobble_import union all select 1 from scrobble_import_chunk')).toEqual([]);
  });
});
