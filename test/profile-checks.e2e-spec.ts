import { type LinkedTestUser, track } from './factories/factory.js';
import { sessionKeyOf } from './support/session-key-of.js';
import { TestApp } from './support/test-app.js';

const THREE_HOURS = 3 * 3600;

describe('the daily check of the profile', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });

  afterEach(async () => {
    await app.reset();
    await app.sql('delete from graphile_worker._private_jobs');
  });

  afterAll(async () => {
    await app.stop();
  });

  const allow = (user: LinkedTestUser, profileChecks = true) => app.as(user).patch('/lfm/me', { profileChecks });
  const scrobble = async (user: LinkedTestUser, title: string) => {
    await app.as(user).post('/scrobbles', track(title));
    await app.deliver();
  };
  /** As the scheduler does. */
  const checkAll = async () => {
    await app.sql(`select graphile_worker.add_job('profiles.check', '{}'::json)`);
    await app.doJobs();
  };
  const history = async (user: LinkedTestUser) =>
    (await app.as(user).get('/scrobbles')).body.items.map(
      ({ title, state, missingSince }: { title: string; state: string; missingSince: string | null }) =>
        `${title}: ${state}, ${missingSince ?? 'there'}`,
    );
  const notifications = async (user: LinkedTestUser) => (await app.as(user).get('/notifications')).body.items;
  /** "Shown" is on the profile; "Lost" was accepted two hours later and is not. */
  const loseOne = async (user: LinkedTestUser) => {
    await scrobble(user, 'Shown');
    app.clock.advance({ hours: 2 });
    await scrobble(user, 'Lost');
    app.clock.advance({ hours: 2 });
    app.lastfm.faults.always({ kind: 'lag', seconds: THREE_HOURS }, { username: user.lastfmUsername });
  };

  it('is off until its user allows it', async () => {
    const user = await app.create.linkedUser();
    expect((await app.as(user).get('/lfm/me')).body).toMatchObject({ profileChecks: false, profileCheckedAt: null });
    await loseOne(user);
    await checkAll();
    expect(await history(user)).toEqual(['Lost: accepted, there', 'Shown: accepted, there']);

    expect(await allow(user)).toMatchObject({ status: 200, body: { profileChecks: true } });
    await checkAll();
    expect((await app.as(user).get('/lfm/me')).body).toMatchObject({ profileCheckedAt: '2026-01-15T16:00:00.000Z' });
  });

  it('marks what Last.fm accepted and the profile does not show, and tells its user once', async () => {
    const user = await app.create.linkedUser();
    await allow(user);
    await loseOne(user);
    await checkAll();

    expect(await history(user)).toEqual(['Lost: accepted, 2026-01-15T16:00:00.000Z', 'Shown: accepted, there']);
    expect(await notifications(user)).toMatchObject([
      { kind: 'scrobbles-missing', text: expect.stringContaining('accepted a scrobble that your profile') },
    ]);

    app.lastfm.faults.clear();
    app.lastfm.faults.always({ kind: 'lag', seconds: 27 * 3600 }, { username: user.lastfmUsername });
    app.clock.advance({ days: 1 });
    await checkAll();
    expect(await history(user)).toEqual(['Lost: accepted, 2026-01-15T16:00:00.000Z', 'Shown: accepted, there']);
    expect(await notifications(user)).toHaveLength(1);
  });

  it('tells of all that is missing when it had to be repeated in the middle', async () => {
    const user = await app.create.linkedUser();
    await allow(user);
    await scrobble(user, 'Lost on the first day');
    app.clock.advance({ days: 2 });
    await scrobble(user, 'Lost on the third day');
    app.clock.advance({ hours: 2 });
    app.lastfm.faults.always({ kind: 'lag', seconds: 9 * 24 * 3600 }, { username: user.lastfmUsername });
    let reads = 0;
    const failSecond = { kind: 'hook' as const, run: () => Promise.resolve((reads += 1)) };
    app.lastfm.faults.next(failSecond, { method: 'user.getRecentTracks' });
    app.lastfm.faults.next({ kind: 'error', code: 11 }, { method: 'user.getRecentTracks' });
    await checkAll();
    expect(reads).toBe(1);
    await app.sql('update graphile_worker._private_jobs set run_at = now()');
    await app.doJobs();

    expect((await notifications(user)).map(({ text }: { text: string }) => text)).toEqual([
      expect.stringContaining('accepted 2 scrobbles that your profile does not show. You can send them again'),
    ]);
  });

  it('takes the mark back when it turns up after all', async () => {
    const user = await app.create.linkedUser();
    await allow(user);
    await loseOne(user);
    await checkAll();
    app.lastfm.faults.clear();
    app.clock.advance({ days: 1 });
    await checkAll();

    expect(await history(user)).toEqual(['Lost: accepted, there', 'Shown: accepted, there']);
  });

  it('lets its user send again what is missing', async () => {
    const user = await app.create.linkedUser();
    await allow(user);
    await loseOne(user);
    await checkAll();
    const { body } = await app.as(user).get('/scrobbles?q=Lost');
    expect((await app.as(user).post(`/scrobbles/${body.items[0].id as string}/resend`)).body).toMatchObject({
      state: 'queued',
      missingSince: null,
    });
  });

  it('checks an account once a day', async () => {
    const user = await app.create.linkedUser();
    await allow(user);
    await scrobble(user, 'One');
    app.clock.advance({ hours: 2 });
    const reads = () => app.lastfm.calls.filter(({ method }) => method === 'user.getrecenttracks').length;
    await checkAll();
    const once = reads();
    expect(once).toBe(1);
    app.clock.advance({ hours: 23 });
    await checkAll();
    expect(reads()).toBe(once);
    app.clock.advance({ hours: 1 });
    await checkAll();
    expect(reads()).toBe(2 * once);
  });

  it('does not miss what was accepted only a moment ago', async () => {
    const user = await app.create.linkedUser();
    await allow(user);
    await scrobble(user, 'One');
    app.lastfm.faults.always({ kind: 'lag', seconds: 3600 });
    app.clock.advance({ minutes: 59 });
    await checkAll();

    expect(await history(user)).toEqual(['One: accepted, there']);
  });

  it('finds a scrobble under the name that Last.fm corrected, by its second', async () => {
    const user = await app.create.linkedUser();
    await allow(user);
    await scrobble(user, 'One');
    await app.sql(`update scrobble set title = 'As it was typed'`);
    app.clock.advance({ hours: 2 });
    await checkAll();

    expect(await history(user)).toEqual(['As it was typed: accepted, there']);
  });

  it('rejects the account when Last.fm refuses its key meanwhile', async () => {
    const user = await app.create.linkedUser();
    await allow(user);
    await scrobble(user, 'One');
    app.clock.advance({ hours: 2 });
    app.lastfm.revoke(await sessionKeyOf(app, user));
    await checkAll();

    expect((await app.as(user).get('/lfm/me')).body).toMatchObject({ state: 'rejected' });
  });

  it('is tried again where Last.fm does not answer', async () => {
    const user = await app.create.linkedUser();
    await allow(user);
    await scrobble(user, 'One');
    app.clock.advance({ hours: 2 });
    app.lastfm.faults.next({ kind: 'error', code: 11 }, { method: 'user.getRecentTracks' });
    await checkAll();
    expect((await app.as(user).get('/lfm/me')).body).toMatchObject({ profileCheckedAt: null });

    await app.sql('update graphile_worker._private_jobs set run_at = now()');
    await app.doJobs();
    expect((await app.as(user).get('/lfm/me')).body).toMatchObject({ profileCheckedAt: '2026-01-15T14:00:00.000Z' });
  });

  it.each([{}, { profileChecks: 'yes' }, { retriesVoice: null }, { profileChecks: true, username: 'x' }])(
    'is not allowed by %j',
    async (body) => {
      const user = await app.create.linkedUser();
      expect((await app.as(user).patch('/lfm/me', body)).status).toBe(422);
    },
  );

  it('cannot be allowed without an account', async () => {
    const user = await app.create.user();
    const { status, body } = await app.as(user).patch('/lfm/me', { profileChecks: true });
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'lastfm_account_not_linked' });
  });
});

describe('the warning of a deadline', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });

  afterAll(async () => {
    await app.stop();
  });

  it('tells people once, two days before, of what still waits or has failed', async () => {
    const user = await app.create.user();
    await app.as(user).post('/scrobbles', [
      { ...track('Older'), playedAt: '2026-01-15T09:00:00Z' },
      { ...track('Newer'), playedAt: '2026-01-15T10:00:00Z' },
      { ...track('Failed'), playedAt: '2026-01-15T10:30:00Z' },
    ]);
    await app.sql(
      `update delivery set state = 'failed', reason = 'refused_by_lastfm' from scrobble s
        where s.id = scrobble_id and s.title = 'Failed'`,
    );
    const warn = async () => {
      await app.sql(`select graphile_worker.add_job('deliveries.warn', '{}'::json)`);
      await app.doJobs();
      return (await app.as(user).get('/notifications')).body.items;
    };

    app.clock.set('2026-01-27T08:59:59Z');
    expect(await warn()).toEqual([]);
    app.clock.set('2026-01-27T11:00:00Z');
    expect(await warn()).toMatchObject([
      {
        kind: 'deadline-near',
        text: expect.stringMatching(/^3 scrobbles \(2 waiting, 1 failed\) .* only until 2026-01-29 09:00 UTC\./),
      },
    ]);
    expect(await warn()).toHaveLength(1);
    app.clock.set('2026-01-29T10:00:00Z');
    expect(await warn()).toHaveLength(1);
  });
});
