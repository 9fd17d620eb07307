import { DataSource } from 'typeorm';

import { type LinkedTestUser, track } from './factories/factory.js';
import { eventually } from './support/eventually.js';
import { TestApp } from './support/test-app.js';

const everyMinute = { pace: { kind: 'interval', minutes: 1 }, order: 'sequential', repeat: false };
const realtime = { pace: { kind: 'realtime' }, order: 'sequential', repeat: false };

describe('/scrobble-runs', () => {
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

  const arrived = (user: LinkedTestUser) => app.lastfm.scrobblesOf(user.lastfmUsername);
  const titles = (user: LinkedTestUser) => arrived(user).map((scrobble) => scrobble.track);
  const times = (user: LinkedTestUser) =>
    arrived(user).map(({ timestamp }) => new Date(timestamp * 1000).toISOString().slice(11, 19));

  const start = async (
    user: LinkedTestUser,
    tracks = [track('One'), track('Two'), track('Three')],
    how: object = everyMinute,
  ) => {
    const playlist = await app.create.playlist(user, tracks);
    const { body } = await app.as(user).post('/scrobble-runs', { playlistId: playlist.id, ...how });
    return body;
  };
  /** As the scheduler does: a tick and a delivery every second. */
  const pass = async (seconds: number, step = 1) => {
    for (let i = 0; i < seconds; i += step) {
      app.clock.advance({ seconds: step });
      await app.tick();
    }
    await app.deliver();
  };
  const now = async () => {
    await app.tick();
    await app.deliver();
  };

  describe('at an interval', () => {
    it('scrobbles the first track at once and the next ones when their time has come, then completes', async () => {
      const user = await app.create.linkedUser();
      const started = await start(user);
      expect(started).toMatchObject({
        state: 'running',
        position: 0,
        trackCount: 3,
        currentTrack: { title: 'One' },
        nextDueAt: '2026-01-15T12:00:00.000Z',
      });

      await now();
      expect(titles(user)).toEqual(['One']);
      await pass(59);
      expect(titles(user)).toEqual(['One']);
      await pass(1);
      expect(titles(user)).toEqual(['One', 'Two']);
      await pass(60);
      expect(times(user)).toEqual(['12:00:00', '12:01:00', '12:02:00']);

      const { body: finished } = await app.as(user).get(`/scrobble-runs/${started.id}`);
      expect(finished).toMatchObject({
        state: 'completed',
        currentTrack: null,
        nextDueAt: null,
        counts: { accepted: 3, queued: 0 },
      });
    });

    it('says in the ledger that nobody heard it', async () => {
      const user = await app.create.linkedUser();
      await start(user);
      await now();

      const { body } = await app.as(user).get('/scrobbles?source=run');
      expect(body.items).toMatchObject([{ title: 'One', source: 'run', provenance: 'automatic', state: 'accepted' }]);
    });
  });

  it('in real time scrobbles each track when it has ended, with the second at which it started', async () => {
    const user = await app.create.linkedUser();
    await start(user, [track('One', 100), track('Two', 200)], realtime);

    await pass(99);
    expect(titles(user)).toEqual([]);
    await pass(1);
    expect(times(user)).toEqual(['12:00:00']);
    await pass(200, 5);
    expect(times(user)).toEqual(['12:00:00', '12:01:40']);
  });

  it('plays every track of a shuffled pass once, in exactly the order the dry run showed', async () => {
    const user = await app.create.linkedUser();
    const tracks = Array.from({ length: 130 }, (_, i) => track(`Song ${i}`));
    const playlist = await app.create.playlist(user, tracks);
    const how = { playlistId: playlist.id, ...everyMinute, order: 'shuffle' };
    const { body: plan } = await app.as(user).post('/scrobble-runs/plan', how);

    await app.as(user).post('/scrobble-runs', { ...how, seed: plan.seed });
    await app.tick();
    await pass(130 * 60, 30);

    const planned = plan.plays.map(({ title }: { title: string }) => title);
    expect(titles(user)).toEqual(planned);
    expect(new Set(planned).size).toBe(130);
    expect(planned).not.toEqual(tracks.map(({ title }) => title));
    expect(times(user)).toEqual(plan.plays.map(({ playAt }: { playAt: string }) => playAt.slice(11, 19)));
  });

  it('begins again in a new order when it repeats', async () => {
    const user = await app.create.linkedUser();
    const tracks = Array.from({ length: 30 }, (_, i) => track(`Song ${i}`));
    const run = await start(user, tracks, { ...everyMinute, order: 'shuffle', repeat: true });
    await app.tick();
    await pass(59 * 60, 30);

    const [first, second] = [titles(user).slice(0, 30), titles(user).slice(30)];
    expect([...second].sort()).toEqual([...first].sort());
    expect(second).not.toEqual(first);
    expect((await app.as(user).get(`/scrobble-runs/${run.id}`)).body).toMatchObject({
      state: 'running',
      pass: 2,
      position: 0,
    });
  });

  describe('the dry run', () => {
    it('shows the exact timetable, what Last.fm will not take and the plays of each day, and writes nothing', async () => {
      const user = await app.create.linkedUser();
      const playlist = await app.create.playlist(user, [
        track('One', 20),
        track('Two', 200),
        { artist: 'Low', title: 'Three' },
      ]);
      app.clock.set('2026-01-15T23:59:00Z');

      const { status, body } = await app
        .as(user)
        .post('/scrobble-runs/plan', { playlistId: playlist.id, ...everyMinute });

      expect(status).toBe(200);
      expect(body).toMatchObject({
        trackCount: 3,
        warnings: { tooShort: 1, ignoredBefore: 0, samePlay: 0, sameSecond: 0 },
        unknownLength: 1,
        pauses: [],
        leaderboards: { mostPlaysADay: 2, exceeds: false },
        endsAt: '2026-01-16T00:01:00.000Z',
      });
      expect(body.perDay).toEqual([
        { date: '2026-01-15', plays: 1, used: 0, cap: 600 },
        { date: '2026-01-16', plays: 2, used: 0, cap: 600 },
      ]);
      expect(body.plays.map(({ dueAt }: { dueAt: string }) => dueAt.slice(11, 16))).toEqual([
        '23:59',
        '00:00',
        '00:01',
      ]);
      expect((await app.as(user).get('/scrobble-runs')).body.total).toBe(0);
    });

    it('marks what Last.fm ignored before, what would count as the same play and what has a taken second', async () => {
      const user = await app.create.linkedUser();
      app.lastfm.faults.next({ kind: 'ignore', code: 1 }, { method: 'track.scrobble' });
      const playedAt = '2026-01-15T11:00:00Z';
      await app.as(user).post('/scrobbles', { artist: 'the  examples', title: 'FILTERED', playedAt });
      await app.deliver();
      await app.as(user).post('/scrobbles', [
        { ...track('Heard'), playedAt: '2026-01-15T11:59:45Z' },
        { ...track('By hand'), playedAt: '2026-01-15T12:00:50Z' },
      ]);
      app.clock.set('2026-01-15T12:00:00Z');
      const playlist = await app.create.playlist(user, [
        track('Heard', 50),
        track('Filtered', 20),
        track('Twice', 5),
        track('Twice', 5),
      ]);

      const { body } = await app.as(user).post('/scrobble-runs/plan', { playlistId: playlist.id, ...realtime });

      expect(body.plays.map(({ warnings }: { warnings: string[] }) => warnings)).toEqual([
        ['same_play'],
        ['too_short', 'ignored_before', 'same_second'],
        ['too_short'],
        ['too_short'],
      ]);
      expect(body.warnings).toEqual({ tooShort: 3, ignoredBefore: 1, samePlay: 1, sameSecond: 1 });
    });

    it('warns of a plan that is more than leaderboards accept', async () => {
      const user = await app.create.linkedUser();
      const playlist = await app.create.playlist(user, [track('Long', 3600)]);
      const { body } = await app
        .as(user)
        .post('/scrobble-runs/plan', { playlistId: playlist.id, ...realtime, repeat: true });

      expect(body.leaderboards).toMatchObject({ mostHoursIn8Days: 192, exceeds: true });
    });
  });

  describe('start', () => {
    it('lets only one of two simultaneous starts through', async () => {
      const user = await app.create.linkedUser();
      const playlist = await app.create.playlist(user);
      const request = () => app.as(user).post('/scrobble-runs', { playlistId: playlist.id, ...everyMinute });

      const responses = await Promise.all([request(), request()]);

      expect(responses.map(({ status }) => status).sort()).toEqual([201, 409]);
      const refused = responses.find(({ status }) => status === 409);
      expect(refused?.body.code).toBe('scrobble_run_already_active');
      expect((await app.as(user).get('/scrobble-runs')).body.total).toBe(1);
    });

    it("answers 404 for someone else's playlist, and for none", async () => {
      const [ada, ben] = [await app.create.linkedUser(), await app.create.linkedUser()];
      const playlist = await app.create.playlist(ben);
      for (const playlistId of [playlist.id, '00000000-0000-7000-8000-000000000000']) {
        const { status, body } = await app.as(ada).post('/scrobble-runs', { playlistId, ...everyMinute });
        expect({ status, code: body.code }).toEqual({ status: 404, code: 'playlist_not_found' });
      }
    });

    it('asks for a Last.fm account, a key that works, scrobbling switched on, and a track', async () => {
      const stranger = await app.create.user();
      const playlist = await app.create.playlist(stranger);
      const codeOf = async (user: { token: string }, playlistId: string): Promise<unknown> =>
        (await app.as(user).post('/scrobble-runs', { playlistId, ...everyMinute })).body.code;
      expect(await codeOf(stranger, playlist.id)).toBe('lastfm_account_not_linked');

      const user = await app.create.linkedUser();
      const own = await app.create.playlist(user);
      const empty = await app.create.playlist(user, [], 'Empty');
      expect(await codeOf(user, empty.id)).toBe('playlist_empty');
      await app.as(user).put('/lfm/me/toggle', { scrobblingEnabled: false });
      expect(await codeOf(user, own.id)).toBe('scrobbling_disabled');
      await app.as(user).put('/lfm/me/toggle', { scrobblingEnabled: true });
      app.lastfm.faults.next({ kind: 'error', code: 9 });
      await app.as(user).post('/scrobbles', { artist: 'Low', title: 'Words' });
      await app.deliver();
      expect(await codeOf(user, own.id)).toBe('lastfm_key_rejected');
    });

    it.each([
      ['no minutes', { pace: { kind: 'interval' } }],
      ['an interval of 0', { pace: { kind: 'interval', minutes: 0 } }],
      ['an interval of 61', { pace: { kind: 'interval', minutes: 61 } }],
      ['an unknown pace', { pace: { kind: 'warp' } }],
      ['an unknown order', { order: 'random' }],
      ['a playlist that is no id', { playlistId: '../../etc/passwd' }],
    ])('refuses %s', async (_name, wrong) => {
      const user = await app.create.linkedUser();
      const playlist = await app.create.playlist(user);
      const { status, body } = await app
        .as(user)
        .post('/scrobble-runs', { playlistId: playlist.id, ...everyMinute, ...wrong });

      expect({ status, code: body.code }).toEqual({ status: 422, code: 'invalid_input' });
    });
  });

  describe('pause, resume, stop', () => {
    it('scrobbles nothing while paused and goes on with the same track', async () => {
      const user = await app.create.linkedUser();
      const run = await start(user);
      await now();
      const { body: paused } = await app.as(user).post(`/scrobble-runs/${run.id}/pause`);
      expect(paused).toMatchObject({
        state: 'paused',
        pausedReason: 'user',
        nextDueAt: null,
        currentTrack: { title: 'Two' },
      });
      await pass(600, 30);
      expect(titles(user)).toEqual(['One']);

      const { body: resumed } = await app.as(user).post(`/scrobble-runs/${run.id}/resume`);
      expect(resumed).toMatchObject({ state: 'running', nextDueAt: '2026-01-15T12:10:00.000Z', gapSeconds: 0 });
      await now();
      expect(times(user)).toEqual(['12:00:00', '12:10:00']);
    });

    it('keeps the interval when it is paused and resumed quickly', async () => {
      const user = await app.create.linkedUser();
      const run = await start(user);
      await now();
      await app.as(user).post(`/scrobble-runs/${run.id}/pause`);
      const { body } = await app.as(user).post(`/scrobble-runs/${run.id}/resume`);
      expect(body.nextDueAt).toBe('2026-01-15T12:01:00.000Z');
    });

    it('lets only one of two simultaneous pauses through, and refuses what a run cannot become', async () => {
      const user = await app.create.linkedUser();
      const run = await start(user);
      const pauses = await Promise.all([
        app.as(user).post(`/scrobble-runs/${run.id}/pause`),
        app.as(user).post(`/scrobble-runs/${run.id}/pause`),
      ]);
      expect(pauses.map(({ status }) => status).sort()).toEqual([200, 409]);

      await app.as(user).post(`/scrobble-runs/${run.id}/stop`);
      for (const action of ['pause', 'resume', 'stop']) {
        const { status, body } = await app.as(user).post(`/scrobble-runs/${run.id}/${action}`);
        expect({ status, code: body.code }).toEqual({ status: 409, code: 'illegal_run_transition' });
      }
    });

    it('never uses a second twice, even when one run is stopped and the next one started within it', async () => {
      const user = await app.create.linkedUser();
      const first = await start(user);
      await now();
      await app.as(user).post(`/scrobble-runs/${first.id}/stop`);
      await start(user, [track('Other')]);
      await pass(2);
      expect(times(user)).toEqual(['12:00:00', '12:00:01']);
    });

    it("hides someone else's run", async () => {
      const [ada, ben] = [await app.create.linkedUser(), await app.create.linkedUser()];
      const run = await start(ada);
      for (const response of [
        await app.as(ben).get(`/scrobble-runs/${run.id}`),
        await app.as(ben).post(`/scrobble-runs/${run.id}/stop`),
        await app.as(ben).patch(`/scrobble-runs/${run.id}`, { repeat: true }),
      ]) {
        expect({ status: response.status, code: response.body.code }).toEqual({
          status: 404,
          code: 'scrobble_run_not_found',
        });
      }
      expect((await app.as(ben).get('/scrobble-runs')).body.items).toEqual([]);
    });
  });

  describe('edit', () => {
    it('changes the pace from the last track on, and repeat', async () => {
      const user = await app.create.linkedUser();
      const run = await start(user);
      await now();
      const { body } = await app
        .as(user)
        .patch(`/scrobble-runs/${run.id}`, { pace: { kind: 'interval', minutes: 5 }, repeat: true });
      expect(body).toMatchObject({
        pace: { kind: 'interval', minutes: 5 },
        repeat: true,
        nextDueAt: '2026-01-15T12:05:00.000Z',
      });
      await pass(300, 30);
      expect(times(user)).toEqual(['12:00:00', '12:05:00']);
    });

    it('starts the playlist again in the new order', async () => {
      const user = await app.create.linkedUser();
      const run = await start(
        user,
        Array.from({ length: 20 }, (_, i) => track(`Song ${i}`)),
      );
      await now();
      const { body } = await app.as(user).patch(`/scrobble-runs/${run.id}`, { order: 'shuffle' });
      expect(body).toMatchObject({ order: 'shuffle', position: 0, trackCount: 20 });
    });

    it('refuses a run that is over', async () => {
      const user = await app.create.linkedUser();
      const run = await start(user);
      await app.as(user).post(`/scrobble-runs/${run.id}/stop`);
      const { status, body } = await app.as(user).patch(`/scrobble-runs/${run.id}`, { repeat: true });
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'scrobble_run_over' });
    });
  });

  describe('after downtime', () => {
    it('goes on at the next moment of the interval with the same track, and records the gap', async () => {
      const user = await app.create.linkedUser();
      const run = await start(user, undefined, { ...everyMinute, pace: { kind: 'interval', minutes: 5 } });
      await now();
      app.clock.set('2026-01-15T12:17:30Z');
      await now();
      expect(titles(user)).toEqual(['One']);

      const { body } = await app.as(user).get(`/scrobble-runs/${run.id}`);
      expect(body).toMatchObject({
        state: 'running',
        currentTrack: { title: 'Two' },
        nextDueAt: '2026-01-15T12:20:00.000Z',
        gapSeconds: 900,
        lastGap: { from: '2026-01-15T12:05:00.000Z', until: '2026-01-15T12:20:00.000Z' },
      });
      app.clock.set('2026-01-15T12:20:00Z');
      await now();
      expect(times(user)).toEqual(['12:00:00', '12:20:00']);
      expect(titles(user)).toEqual(['One', 'Two']);
    });

    it('in real time starts the interrupted track again', async () => {
      const user = await app.create.linkedUser();
      await start(user, [track('One', 100), track('Two', 100)], realtime);
      app.clock.set('2026-01-15T13:00:00Z');
      await now();
      expect(titles(user)).toEqual([]);
      await pass(100, 5);
      expect(times(user)).toEqual(['13:00:00']);
    });

    it('keeps to the plan when a restart took a few seconds', async () => {
      const user = await app.create.linkedUser();
      await start(user);
      await now();
      app.clock.set('2026-01-15T12:01:25Z');
      await now();
      expect(times(user)).toEqual(['12:00:00', '12:01:00']);
    });
  });

  it('records the play of a due run once, however many processes tick', async () => {
    const user = await app.create.linkedUser();
    await start(user);
    await Promise.all([app.tick(), app.tick(), app.tick(), app.tick()]);
    await app.deliver();
    expect(titles(user)).toEqual(['One']);
  });

  it('goes on when the key was rejected and the account linked again, but not when its user had paused it', async () => {
    const user = await app.create.linkedUser();
    const run = await start(user);
    await app.tick();
    app.lastfm.faults.next({ kind: 'error', code: 9 });
    await app.deliver();
    const found = async () => (await app.as(user).get(`/scrobble-runs/${run.id}`)).body;
    expect(await found()).toMatchObject({ state: 'paused', pausedReason: 'key_rejected' });

    await app.create.link(user, user.lastfmUsername);
    expect(await found()).toMatchObject({ state: 'running', currentTrack: { title: 'Two' } });
    await app.deliver();
    expect(titles(user)).toEqual(['One']);

    await app.as(user).post(`/scrobble-runs/${run.id}/pause`);
    await app.create.link(user, user.lastfmUsername);
    expect(await found()).toMatchObject({ state: 'paused', pausedReason: 'user' });
  });

  it('does not go on after a relink when scrobbling was switched off meanwhile', async () => {
    const user = await app.create.linkedUser();
    const run = await start(user);
    await app.tick();
    app.lastfm.faults.next({ kind: 'error', code: 9 });
    await app.deliver();
    await app.as(user).put('/lfm/me/toggle', { scrobblingEnabled: false });
    await app.create.link(user, user.lastfmUsername);

    const { body } = await app.as(user).get(`/scrobble-runs/${run.id}`);
    expect(body).toMatchObject({ state: 'paused', pausedReason: 'scrobbling_disabled' });
  });

  it('answers twenty simultaneous edits of one run, although the database has fewer connections', async () => {
    const user = await app.create.linkedUser();
    const run = await start(user);
    const edits = await Promise.all(
      Array.from({ length: 20 }, () => app.as(user).patch(`/scrobble-runs/${run.id}`, { repeat: true })),
    );
    expect(new Set(edits.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('pauses when scrobbling is switched off, and stops when the account is disconnected', async () => {
    const user = await app.create.linkedUser();
    const run = await start(user);
    await app.as(user).put('/lfm/me/toggle');
    const found = async () => (await app.as(user).get(`/scrobble-runs/${run.id}`)).body;
    expect(await found()).toMatchObject({ state: 'paused', pausedReason: 'scrobbling_disabled' });
    expect((await app.as(user).post(`/scrobble-runs/${run.id}/resume`)).body.code).toBe('scrobbling_disabled');

    await app.as(user).delete('/lfm/me');
    expect(await found()).toMatchObject({ state: 'stopped' });
  });

  it('finds no playlist that is deleted at the very moment it starts', async () => {
    const user = await app.create.linkedUser();
    const playlist = await app.create.playlist(user);
    const blocker = app.get(DataSource).createQueryRunner();
    try {
      await blocker.startTransaction();
      await blocker.query('select from delivery_lane where user_id = $1 for update', [user.id]);
      const starting = app.as(user).post('/scrobble-runs', { playlistId: playlist.id, ...everyMinute });
      await eventually(
        () => app.sql<{ n: number }>('select count(*)::int as n from pg_locks where not granted'),
        ([waiting]) => waiting?.n === 1,
      );
      expect((await app.as(user).delete(`/playlists/${playlist.id}`)).status).toBe(204);
      await blocker.commitTransaction();

      expect((await starting).body).toMatchObject({ status: 404, code: 'playlist_not_found' });
    } finally {
      await blocker.release();
    }
  });

  it('plays what its window still holds when the playlist is deleted, then completes', async () => {
    const user = await app.create.linkedUser();
    const run = await start(user);
    const deleted = await app.as(user).delete(`/playlists/${run.playlistId as string}`);
    expect(deleted.status).toBe(204);
    await app.tick();
    await pass(180, 10);

    expect(titles(user)).toEqual(['One', 'Two', 'Three']);
    expect((await app.as(user).get(`/scrobble-runs/${run.id}`)).body).toMatchObject({
      state: 'completed',
      playlistId: null,
    });
  });
});
