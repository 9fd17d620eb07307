import { type LinkedTestUser, track } from './factories/factory.js';
import { TestApp } from './support/test-app.js';

describe('the daily budget of a Last.fm account', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ LASTFM_DAILY_AUTOMATIC: '5' });
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  const arrived = (user: LinkedTestUser) => app.lastfm.scrobblesOf(user.lastfmUsername);
  const songs = (count: number) => Array.from({ length: count }, (_, i) => track(`Song ${i}`));
  /** Makes what is recorded from now on look as if a run had recorded it, as an import of a history will. */
  const asAutomation = (source: 'run' | 'import') => app.sql(`update scrobble set source = $1`, [source]);

  it('never stops what a person enters', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', songs(12));
    await app.deliver();

    expect(arrived(user)).toHaveLength(12);
  });

  it('lets no more automation leave on a day than it has room for; the rest waits for the next UTC day', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', songs(8));
    await asAutomation('import');
    await app.deliver();

    expect(arrived(user).map((scrobble) => scrobble.track)).toEqual(['Song 0', 'Song 1', 'Song 2', 'Song 3', 'Song 4']);
    const { body: waiting } = await app.as(user).get('/scrobbles?state=queued');
    expect(waiting.items).toHaveLength(3);
    expect(waiting.items[0]).toMatchObject({ reason: 'daily_budget', nextAttemptAt: '2026-01-16T00:00:00.000Z' });

    app.clock.advance({ hours: 11, minutes: 59 });
    await app.deliver();
    expect(arrived(user)).toHaveLength(5);
    app.clock.advance({ minutes: 1 });
    await app.deliver();
    expect(arrived(user)).toHaveLength(8);
  });

  it('still sends at once what a person enters while automation waits', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', songs(8));
    await asAutomation('import');
    await app.deliver();
    await app.as(user).post('/scrobbles', { artist: 'The Examples', title: 'By hand' });
    await app.deliver();

    expect(arrived(user).at(-1)).toMatchObject({ track: 'By hand' });
    expect(arrived(user)).toHaveLength(6);
  });

  it('does not let what a person enters wait for the next day because a call failed while automation waits', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', songs(8));
    await asAutomation('import');
    await app.deliver();
    await app.as(user).post('/scrobbles', track('Heard'));
    await app.sql(`update scrobble set source = 'voice' where title = 'Heard'`);
    app.lastfm.faults.next({ kind: 'error', code: 11 }, { method: 'track.scrobble' });
    await app.deliver();
    app.clock.advance({ minutes: 1 });
    await app.deliver();

    await app.as(user).post('/scrobbles', track('By hand'));
    await app.deliver();
    expect(arrived(user).at(-1)).toMatchObject({ track: 'By hand' });
  });

  it('counts what a person enters, so that automation gets what is left', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', songs(4));
    await app.deliver();
    await app.as(user).post('/scrobbles', [track('Later 0'), track('Later 1'), track('Later 2')]);
    await app.sql(`update scrobble set source = 'import' where title like 'Later%'`);
    await app.deliver();

    expect(arrived(user)).toHaveLength(5);
  });

  it('gives the last places to imports before runs', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', songs(12));
    await app.sql(`update scrobble set source = case when title in ('Song 7', 'Song 9') then 'import' else 'run' end`);
    await app.deliver();

    const titles = arrived(user).map((scrobble) => scrobble.track);
    expect(titles).toEqual(['Song 0', 'Song 1', 'Song 2', 'Song 7', 'Song 9']);
  });

  it('keeps the place that its source has among the other accounts when it goes on', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', songs(8));
    await asAutomation('import');
    await app.deliver();
    const priority = async () =>
      (await app.sql<{ priority: number }>('select priority from delivery_lane where user_id = $1', [user.id]))[0];
    expect(await priority()).toEqual({ priority: 2 });

    await app.as(user).delete('/lfm/me');
    await app.as(user).post('/scrobbles', { artist: 'Low', title: 'While not linked' });
    await app.create.link(user, user.lastfmUsername);
    expect(await priority()).toEqual({ priority: 1 });
  });

  it('does not count what Last.fm did not take', async () => {
    const user = await app.create.linkedUser();
    app.lastfm.faults.next({ kind: 'ignore', code: 1 }, { method: 'track.scrobble' });
    await app.as(user).post('/scrobbles', songs(3));
    await app.deliver();
    await app.as(user).post(
      '/scrobbles',
      songs(5).map(({ title, ...rest }) => ({ ...rest, title: `Again ${title}` })),
    );
    await app.sql(`update scrobble set source = 'import' where title like 'Again%'`);
    await app.deliver();

    expect(arrived(user)).toHaveLength(5);
  });

  describe('with a run', () => {
    const everyMinute = { pace: { kind: 'interval', minutes: 1 }, order: 'shuffle', repeat: true };
    const titles = (user: LinkedTestUser) => arrived(user).map((scrobble) => scrobble.track);
    const times = (user: LinkedTestUser) =>
      arrived(user).map(({ timestamp }) => new Date(timestamp * 1000).toISOString().slice(0, 19));
    const pass = async (times: number, seconds: number) => {
      for (let i = 0; i < times; i += 1) {
        app.clock.advance({ seconds });
        await app.tick();
        await app.deliver();
      }
    };
    const startRun = async (user: LinkedTestUser, count = 7) => {
      const playlist = await app.create.playlist(user, songs(count));
      const how = { playlistId: playlist.id, ...everyMinute };
      const { body: plan } = await app.as(user).post('/scrobble-runs/plan', how);
      const { body: run } = await app.as(user).post('/scrobble-runs', { ...how, seed: plan.seed });
      await app.tick();
      await app.deliver();
      return { plan, run };
    };

    it('pauses it, says until when, and goes on by itself exactly as planned', async () => {
      const user = await app.create.linkedUser();
      await app.as(user).post('/scrobbles', [track('By hand'), track('And another')]);
      await app.deliver();
      const { plan, run } = await startRun(user);
      expect(plan.pauses).toEqual([{ pausesAt: '2026-01-15T12:03:00.000Z', resumesAt: '2026-01-16T00:00:00.000Z' }]);
      expect(plan.perDay).toEqual([
        { date: '2026-01-15', plays: 3, used: 2, cap: 5 },
        { date: '2026-01-16', plays: 4, used: 0, cap: 5 },
      ]);

      await pass(4, 60);
      expect((await app.as(user).get(`/scrobble-runs/${run.id}`)).body).toMatchObject({
        state: 'paused',
        pausedReason: 'daily_budget',
        resumesAt: '2026-01-16T00:00:00.000Z',
        nextDueAt: null,
        position: 3,
      });
      expect(arrived(user)).toHaveLength(5);

      app.clock.set('2026-01-15T23:59:59Z');
      await pass(1, 2); // A tick a second late still plays at the second that was announced.
      await pass(3, 60);
      const planned = plan.plays as Array<{ title: string; playAt: string }>;
      expect(titles(user).slice(2)).toEqual(planned.map(({ title }) => title));
      expect(times(user).slice(2)).toEqual(planned.map(({ playAt }) => playAt.slice(0, 19)));
    });

    it('lets automation that waits go first, also on the next day, exactly as planned', async () => {
      const user = await app.create.linkedUser();
      await app.as(user).post(
        '/scrobbles',
        songs(8).map((song) => ({ ...song, artist: 'Of an import' })),
      );
      await asAutomation('import');
      const { plan } = await startRun(user, 4);
      expect(plan.pauses).toEqual([
        { pausesAt: '2026-01-15T12:00:00.000Z', resumesAt: '2026-01-16T00:00:00.000Z' },
        { pausesAt: '2026-01-16T00:02:00.000Z', resumesAt: '2026-01-17T00:00:00.000Z' },
      ]);
      expect(plan.perDay).toEqual([
        { date: '2026-01-16', plays: 2, used: 3, cap: 5 },
        { date: '2026-01-17', plays: 2, used: 0, cap: 5 },
      ]);

      await pass(2, 60);
      expect(arrived(user)).toHaveLength(5);
      for (const midnight of ['2026-01-16T00:00:00Z', '2026-01-17T00:00:00Z']) {
        app.clock.set(midnight);
        await app.deliver();
        await pass(3, 60);
      }
      const planned = plan.plays as Array<{ title: string; playAt: string }>;
      expect(titles(user).slice(8, 12)).toEqual(planned.map(({ title }) => title));
    });

    it('records a gap when the service was down at the moment at which it should have gone on', async () => {
      const user = await app.create.linkedUser();
      const { run } = await startRun(user);
      await pass(5, 60);
      app.clock.set('2026-01-16T08:00:00Z');
      await pass(1, 1);

      expect((await app.as(user).get(`/scrobble-runs/${run.id}`)).body).toMatchObject({
        state: 'running',
        gapSeconds: 8 * 3600 + 1,
        lastGap: { from: '2026-01-16T00:00:00.000Z', until: '2026-01-16T08:00:01.000Z' },
      });
    });

    it('waits for the next day when its user had paused it and the budget is spent by then', async () => {
      const user = await app.create.linkedUser();
      const { run } = await startRun(user);
      await app.as(user).post(`/scrobble-runs/${run.id}/pause`);
      await app.as(user).post(
        '/scrobbles',
        songs(4).map((song) => ({ ...song, title: `By hand: ${song.title}` })),
      );
      await app.deliver();

      expect((await app.as(user).post(`/scrobble-runs/${run.id}/resume`)).body).toMatchObject({
        state: 'paused',
        pausedReason: 'daily_budget',
        resumesAt: '2026-01-16T00:00:00.000Z',
      });
    });

    it('is paused by its user for good, also while it waits for the next day', async () => {
      const user = await app.create.linkedUser();
      const { run } = await startRun(user);
      await pass(5, 60);
      const { body } = await app.as(user).post(`/scrobble-runs/${run.id}/pause`);
      expect(body).toMatchObject({ state: 'paused', pausedReason: 'user', resumesAt: null });

      app.clock.set('2026-01-16T00:00:00Z');
      await pass(3, 60);
      expect(arrived(user)).toHaveLength(5);
    });

    it('refuses to resume it before the next day, and says when it goes on', async () => {
      const user = await app.create.linkedUser();
      const { run } = await startRun(user);
      await pass(5, 60);
      const { status, body } = await app.as(user).post(`/scrobble-runs/${run.id}/resume`);

      expect({ status, code: body.code }).toEqual({ status: 409, code: 'daily_budget_spent' });
      expect(body.detail).toContain('2026-01-16 00:00 UTC');
    });

    it('is paused where Last.fm itself refuses more', async () => {
      const user = await app.create.linkedUser();
      const { run } = await startRun(user);
      app.lastfm.faults.next({ kind: 'ignore', code: 5 }, { method: 'track.scrobble' });
      await pass(2, 60);

      expect((await app.as(user).get(`/scrobble-runs/${run.id}`)).body).toMatchObject({
        state: 'paused',
        pausedReason: 'daily_budget',
        resumesAt: '2026-01-16T00:00:00.000Z',
        counts: { accepted: 1, queued: 1 },
      });
    });

    it('forecasts when the run pauses and goes on, and says so while it waits', async () => {
      const user = await app.create.linkedUser();
      const { run } = await startRun(user);
      const forecast = async () => (await app.as(user).get('/scrobbles/budget')).body.run;
      expect(await forecast()).toEqual({
        runId: run.id,
        pausesAt: '2026-01-15T12:05:00.000Z',
        resumesAt: '2026-01-16T00:00:00.000Z',
      });

      await pass(5, 60);
      expect(await forecast()).toEqual({ runId: run.id, pausesAt: null, resumesAt: '2026-01-16T00:00:00.000Z' });
      await app.as(user).post(`/scrobble-runs/${run.id}/stop`);
      expect(await forecast()).toBeNull();
    });
  });

  describe('GET /scrobbles/budget', () => {
    const report = async (user: LinkedTestUser) => (await app.as(user).get('/scrobbles/budget')).body;

    it('is untouched before the first scrobble', async () => {
      const user = await app.create.linkedUser();
      expect(await report(user)).toEqual({
        date: '2026-01-15',
        resetsAt: '2026-01-16T00:00:00.000Z',
        used: 0,
        cap: 5,
        left: 5,
        configuredCap: 5,
        learned: null,
        parkedUntil: null,
        accepted: { run: 0, voice: 0, manual: 0, import: 0, ingest: 0 },
        waiting: 0,
        run: null,
      });
    });

    it('counts what Last.fm took, by source, until the next UTC day', async () => {
      const user = await app.create.linkedUser();
      await app.as(user).post('/scrobbles', [...songs(3), { artist: 'Low', title: 'By hand' }]);
      await app.sql(`update scrobble set source = 'import' where artist <> 'Low'`);
      await app.deliver();
      expect(await report(user)).toMatchObject({ used: 4, left: 1, accepted: { import: 3, manual: 1 } });

      app.clock.set('2026-01-16T00:00:00Z');
      expect(await report(user)).toMatchObject({ date: '2026-01-16', used: 0, left: 5, accepted: { import: 0 } });
    });

    it('learns from Last.fm what an account may have, and forgets it over the next days', async () => {
      const app = await TestApp.start();
      try {
        const user = await app.create.linkedUser();
        await app.as(user).post('/scrobbles', songs(80));
        await app.deliver();
        app.lastfm.faults.next({ kind: 'ignore', code: 5 }, { method: 'track.scrobble' });
        await app.as(user).post('/scrobbles', { artist: 'Low', title: 'One too many' });
        await app.deliver();
        const read = async () => (await app.as(user).get('/scrobbles/budget')).body;

        expect(await read()).toMatchObject({
          used: 80,
          cap: 80,
          left: 0,
          learned: { cap: 80, on: '2026-01-15' },
          parkedUntil: '2026-01-16T00:00:00.000Z',
        });
        app.clock.advance({ days: 1 });
        expect(await read()).toMatchObject({ used: 0, cap: 100, parkedUntil: null });
        app.clock.advance({ days: 13 });
        expect(await read()).toMatchObject({ cap: 600, configuredCap: 600 });
      } finally {
        await app.stop();
      }
    });
  });
});
