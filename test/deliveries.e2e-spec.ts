import type { LinkedTestUser } from './factories/factory.js';
import { CallBudget } from '../src/modules/lastfm/call-budget/call-budget.service.js';
import { DeliverySender } from '../src/modules/scrobbling/delivery/delivery-sender.service.js';
import { LaneLeasesService } from '../src/modules/scrobbling/delivery/lane-leases.service.js';
import { ExpiredDeliveries } from '../src/modules/scrobbling/delivery/expired-deliveries.service.js';
import { TestApp } from './support/test-app.js';

/** Plays of one artist, a minute apart, the last one a minute ago. */
function plays(count: number, artist = 'Low') {
  return Array.from({ length: count }, (_, i) => ({
    artist,
    title: `Song ${i}`,
    playedAt: new Date(Date.UTC(2026, 0, 15, 12) - (count - i) * 60_000).toISOString(),
  }));
}

describe('delivery to Last.fm', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });

  beforeEach(() => {
    // Every acceptance counts: Last.fm usually drops a second one, but nobody should rely on it.
    app.lastfm.suppressDuplicates = false;
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  const arrived = (user: LinkedTestUser) => app.lastfm.scrobblesOf(user.lastfmUsername).map(({ track }) => track);
  const calls = () => app.lastfm.calls.filter(({ method }) => method === 'track.scrobble');
  const history = async (user: LinkedTestUser) => {
    const { body } = await app.as(user).get('/scrobbles?limit=1000');
    return body.items.reverse();
  };
  const states = async (user: LinkedTestUser): Promise<string[]> =>
    (await history(user)).map(({ state, reason }: { state: string; reason: string | null }) =>
      reason === null ? state : `${state}: ${reason}`,
    );

  it('sends the oldest play first, at most 50 a call', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', plays(120).reverse());
    await app.deliver();

    expect(calls().map(({ itemCount }) => itemCount)).toEqual([50, 50, 20]);
    expect(arrived(user)).toEqual(plays(120).map(({ title }) => title));
  });

  it("records Last.fm's corrections beside what was sent, and never sends them back", async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', { artist: 'Guns N Roses', title: 'Patience' });
    await app.deliver();

    const [scrobble] = await history(user);
    expect(scrobble).toMatchObject({
      artist: 'Guns N Roses',
      verdict: { code: 0, corrected: { artist: "Guns N' Roses" } },
    });
  });

  it('leaves out lengths under 30 seconds and spells "VA" out, so that Last.fm takes the scrobble', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', { artist: 'Low', title: 'Short', durationSeconds: 12, albumArtist: 'VA' });
    await app.deliver();

    expect(await states(user)).toEqual(['accepted']);
    expect(app.lastfm.scrobblesOf(user.lastfmUsername)[0]).toMatchObject({ albumArtist: 'Various Artists' });
  });

  it.each([
    { code: 1, state: 'ignored: artist_filtered' },
    { code: 2, state: 'ignored: track_filtered' },
    { code: 3, state: 'ignored: timestamp_too_old' },
    { code: 4, state: 'ignored: timestamp_too_new' },
  ] as const)('records ignored code $code of one item and takes the others', async ({ code, state }) => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', plays(3));
    app.lastfm.faults.next({ kind: 'ignore', code, index: 1 });
    await app.deliver();

    expect(await states(user)).toEqual(['accepted', state, 'accepted']);
    expect((await history(user))[1].verdict.code).toBe(code);
    await app.deliver();
    expect(calls()).toHaveLength(1);
  });

  describe('when the session key is rejected (9)', () => {
    it('holds the queue of that account, tells its user once, and lets the others go on', async () => {
      const [ada, ben] = [await app.create.linkedUser(), await app.create.linkedUser()];
      await app.as(ada).post('/scrobbles', plays(2));
      await app.as(ben).post('/scrobbles', plays(2));
      app.lastfm.faults.always({ kind: 'error', code: 9 }, { username: ada.lastfmUsername });
      await app.deliver();
      await app.doJobs();

      expect(await states(ada)).toEqual(['held: key_rejected', 'held: key_rejected']);
      expect(await states(ben)).toEqual(['accepted', 'accepted']);
      expect((await app.as(ada).get('/lfm/me')).body).toMatchObject({ state: 'rejected', queued: 0, held: 2 });
      expect((await app.as(ada).get('/notifications')).body.total).toBe(1);

      await app.as(ada).post('/scrobbles', { artist: 'Low', title: 'Later' });
      await app.deliver();
      expect((await states(ada)).at(-1)).toBe('held: key_rejected');
    });

    it('sends everything that was held once the same account is linked again', async () => {
      const user = await app.create.linkedUser();
      await app.as(user).post('/scrobbles', plays(3));
      const remove = app.lastfm.faults.always({ kind: 'error', code: 9 });
      await app.deliver();
      remove();

      await app.create.link(user, user.lastfmUsername);
      await app.deliver();

      expect(await states(user)).toEqual(['accepted', 'accepted', 'accepted']);
      expect(arrived(user)).toEqual(['Song 0', 'Song 1', 'Song 2']);
    });
  });

  describe('when nobody knows whether a call had its effect', () => {
    it.each([
      { name: 'error 8 after accepting', fault: { kind: 'error-after-accepting', code: 8 } },
      { name: 'error 16 after accepting', fault: { kind: 'error-after-accepting', code: 16 } },
      { name: 'an HTML 503 after accepting', fault: { kind: 'html-after-accepting', status: 503 } },
      { name: 'a connection cut after accepting', fault: { kind: 'cut-after-accepting' } },
      { name: 'half an answer after accepting', fault: { kind: 'truncated-json', accepting: true } },
      { name: 'error 8', fault: { kind: 'error', code: 8 } },
      { name: 'error 16', fault: { kind: 'error', code: 16 } },
      { name: 'an HTML 503', fault: { kind: 'html', status: 503 } },
      { name: 'a connection cut in the middle', fault: { kind: 'cut' } },
      { name: 'a connection dropped before', fault: { kind: 'drop' } },
      { name: 'half an answer', fault: { kind: 'truncated-json', accepting: false } },
    ] as const)('looks the plays up after $name, and none is lost or doubled', async ({ fault }) => {
      const user = await app.create.linkedUser();
      await app.as(user).post('/scrobbles', plays(3));
      app.lastfm.faults.next(fault, { method: 'track.scrobble' });
      await app.deliver();
      expect(await states(user)).toEqual(Array(3).fill('sending: uncertain'));

      app.clock.advance({ minutes: 1 });
      await app.deliver();
      app.clock.advance({ minutes: 1 });
      await app.deliver();

      expect(await states(user)).toEqual(['accepted', 'accepted', 'accepted']);
      expect(arrived(user)).toEqual(['Song 0', 'Song 1', 'Song 2']);
    });

    it('keeps what it does not know for as long as the look-up fails too', async () => {
      const user = await app.create.linkedUser();
      await app.as(user).post('/scrobbles', plays(2));
      app.lastfm.faults.next({ kind: 'cut-after-accepting' }, { method: 'track.scrobble' });
      await app.deliver();
      const remove = app.lastfm.faults.always({ kind: 'html', status: 503 });
      for (let i = 0; i < 3; i += 1) {
        app.clock.advance({ minutes: 30 });
        await app.deliver();
      }
      expect(await states(user)).toEqual(Array(2).fill('sending: uncertain'));

      remove();
      app.clock.advance({ minutes: 30 });
      await app.deliver();
      expect(await states(user)).toEqual(['accepted', 'accepted']);
      expect(arrived(user)).toEqual(['Song 0', 'Song 1']);
    });

    it('does not take it for lost because it shows up late in the recent tracks', async () => {
      const user = await app.create.linkedUser();
      await app.as(user).post('/scrobbles', plays(2));
      app.lastfm.faults.next({ kind: 'error-after-accepting', code: 16 }, { method: 'track.scrobble' });
      app.lastfm.faults.always({ kind: 'lag', seconds: 100 });
      await app.deliver();
      for (let i = 0; i < 3; i += 1) {
        app.clock.advance({ seconds: 40 });
        await app.deliver();
      }

      expect(await states(user)).toEqual(['accepted', 'accepted']);
      expect(arrived(user)).toEqual(['Song 0', 'Song 1']);
    });

    it('looks up a long span part by part, each within one lease', async () => {
      const user = await app.create.linkedUser();
      await app.as(user).post('/scrobbles', plays(450));
      await app.as(user).post('/scrobbles', plays(450, 'High'));
      await app.deliver();
      const at = (minutesAgo: number) => new Date(app.clock.now().getTime() - minutesAgo * 60_000).toISOString();
      const ends = [500, 499, 1].map((minutes) => ({ artist: 'Mid', title: `${minutes}`, playedAt: at(minutes) }));
      await app.as(user).post('/scrobbles', ends);
      app.lastfm.faults.next({ kind: 'cut-after-accepting' }, { method: 'track.scrobble' });
      await app.deliver();
      app.clock.advance({ minutes: 1 });
      await app.deliver();

      const lookUps = app.lastfm.calls.filter(({ method }) => method === 'user.getrecenttracks');
      expect(lookUps).toHaveLength(3); // Too much at once; the first two; the last one.
      expect((await states(user)).filter((state) => state !== 'accepted')).toEqual([]);
      expect(arrived(user).slice(900)).toEqual(['500', '499', '1']);
    });

    it('finds plays although their names were corrected', async () => {
      const user = await app.create.linkedUser();
      await app.as(user).post('/scrobbles', { artist: 'Guns N Roses', title: 'Patience' });
      app.lastfm.faults.next({ kind: 'cut-after-accepting' });
      await app.deliver();
      app.clock.advance({ minutes: 1 });
      await app.deliver();

      expect(await states(user)).toEqual(['accepted']);
      expect((await history(user))[0].verdict.corrected).toEqual({ artist: "Guns N' Roses" });
      expect(arrived(user)).toEqual(['Patience']);
    });

    it('looks up a private profile with its own key', async () => {
      const user = await app.create.linkedUser();
      app.lastfm.setPrivate(user.lastfmUsername, true);
      await app.as(user).post('/scrobbles', plays(1));
      app.lastfm.faults.next({ kind: 'cut-after-accepting' });
      await app.deliver();
      app.clock.advance({ minutes: 1 });
      await app.deliver();

      expect(arrived(user)).toEqual(['Song 0']);
    });
  });

  it('waits and tries again while Last.fm is offline (11), longer each time', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', plays(1));
    const remove = app.lastfm.faults.always({ kind: 'error', code: 11 });
    await app.deliver();
    expect(await states(user)).toEqual(['queued: lastfm_unavailable']);
    app.clock.advance({ seconds: 4 });
    await app.deliver();
    expect(calls()).toHaveLength(1);
    app.clock.advance({ seconds: 1 });
    await app.deliver();
    expect(calls()).toHaveLength(2);
    app.clock.advance({ seconds: 9 });
    await app.deliver();
    expect(calls()).toHaveLength(2);

    remove();
    app.clock.advance({ seconds: 1 });
    await app.deliver();
    expect(await states(user)).toEqual(['accepted']);
  });

  it('stops all traffic for a minute when Last.fm says there are too many calls (29)', async () => {
    const [ada, ben] = [await app.create.linkedUser(), await app.create.linkedUser()];
    await app.as(ada).post('/scrobbles', plays(1));
    app.lastfm.faults.next({ kind: 'error', code: 29 });
    await app.deliver();
    await app.as(ben).post('/scrobbles', plays(1));
    await app.deliver();
    expect(calls()).toHaveLength(1);

    app.clock.advance({ seconds: 60 });
    await app.deliver();
    expect([arrived(ada), arrived(ben)]).toEqual([['Song 0'], ['Song 0']]);
  });

  it.each([
    {
      name: '29 in its other form',
      fault: {
        kind: 'error',
        code: 29,
        message: 'Rate Limit Exceeded - Too many scrobbles in a short period. Please try again later.',
      },
    },
    { name: 'ignored code 5', fault: { kind: 'ignore', code: 5 } },
  ] as const)('parks an account over its daily cap until midnight UTC ($name); others go on', async ({ fault }) => {
    const [ada, ben] = [await app.create.linkedUser(), await app.create.linkedUser()];
    await app.as(ada).post('/scrobbles', plays(2));
    app.lastfm.faults.next(fault, { username: ada.lastfmUsername });
    await app.deliver();
    await app.as(ben).post('/scrobbles', plays(1));
    await app.as(ada).post('/scrobbles', { artist: 'Low', title: 'Later' });
    app.clock.set('2026-01-15T23:59:59Z');
    await app.deliver();

    expect(await states(ada)).toEqual(Array(3).fill('held: parked'));
    expect((await history(ada))[0].nextAttemptAt).toBe('2026-01-16T00:00:00.000Z');
    expect(arrived(ben)).toEqual(['Song 0']);

    app.clock.set('2026-01-16T00:00:00Z');
    await app.deliver();
    expect(arrived(ada)).toEqual(['Song 0', 'Song 1', 'Later']);
    expect(await states(ada)).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it('halves a refused batch (6) until the culprit stands alone, fails that one and sends the rest', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', plays(4));
    for (let i = 0; i < 3; i += 1) {
      app.lastfm.faults.next({ kind: 'error', code: 6, message: 'Invalid parameters' });
    }
    await app.deliver();

    expect(calls().map(({ itemCount }) => itemCount)).toEqual([4, 2, 1, 1, 2]);
    expect(await states(user)).toEqual(['failed: refused_by_lastfm', 'accepted', 'accepted', 'accepted']);
    expect((await history(user))[0].verdict).toMatchObject({ code: 6, message: 'Last.fm error 6: Invalid parameters' });
  });

  it.each([10, 26])('stops all traffic and says so when our API key is refused (%i); nothing is lost', async (code) => {
    const [ada, ben] = [await app.create.linkedUser(), await app.create.linkedUser()];
    await app.as(ada).post('/scrobbles', plays(2));
    const remove = app.lastfm.faults.always({ kind: 'error', code });
    await app.deliver();
    await app.as(ben).post('/scrobbles', plays(1));
    await app.deliver();

    expect(calls()).toHaveLength(1);
    expect((await app.browser().get('/health/ready')).status).toBe(503);
    expect(await states(ada)).toEqual(Array(2).fill('queued: operator'));

    remove();
    app.clock.advance({ minutes: 10 });
    await app.deliver();
    expect([arrived(ada), arrived(ben)]).toEqual([['Song 0', 'Song 1'], ['Song 0']]);
    expect((await app.browser().get('/health/ready')).status).toBe(200);
  });

  it('holds scrobbles of someone without a Last.fm account, and sends them once there is one', async () => {
    const user = await app.create.user();
    await app.as(user).post('/scrobbles', plays(2));
    await app.deliver();
    const linked = { ...user, lastfmUsername: 'latecomer' };
    expect(await states(linked)).toEqual(Array(2).fill('held: not_linked'));

    await app.create.link(user, 'latecomer');
    await app.deliver();
    expect(arrived(linked)).toEqual(['Song 0', 'Song 1']);
  });

  it('cancels what waits when the account is disconnected, and never sends it to the next one', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', plays(2));
    expect((await app.as(user).delete('/lfm/me')).status).toBe(204);
    await app.create.link(user, 'another');
    await app.deliver();

    expect(await states(user)).toEqual(Array(2).fill('cancelled: disconnected'));
    expect(calls()).toEqual([]);
  });

  it('records that Last.fm took what was on its way when the account was disconnected', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', plays(1));
    app.lastfm.faults.next({ kind: 'hook', run: () => app.as(user).delete('/lfm/me') });
    await app.deliver();

    expect(await states(user)).toEqual(['accepted']);
    expect(arrived(user)).toEqual(['Song 0']);
  });

  it('sends what is recorded while a call is on its way with the next one', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', plays(1));
    app.lastfm.faults.next({
      kind: 'hook',
      run: () => app.as(user).post('/scrobbles', { artist: 'Low', title: 'Meanwhile' }),
    });
    await app.deliver();

    expect(arrived(user)).toEqual(['Song 0', 'Meanwhile']);
  });

  it('marks expired what could not be sent within 14 days, and never re-dates it', async () => {
    const user = await app.create.user();
    await app.as(user).post('/scrobbles', plays(1));
    app.clock.advance({ days: 15 });
    await app.create.link(user, 'too-late');
    await app.deliver();

    expect(await states({ ...user, lastfmUsername: 'too-late' })).toEqual(['expired: older_than_14_days']);
    expect(calls()).toEqual([]);
  });

  it('lets what nobody could look up for a week after its deadline expire, and not before', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', plays(1));
    app.lastfm.faults.next({ kind: 'cut-after-accepting' }, { method: 'track.scrobble' });
    await app.deliver();
    app.lastfm.faults.always({ kind: 'error', code: 9 });
    app.clock.advance({ minutes: 1 });
    await app.deliver();
    const expireIn = async (days: number) => {
      app.clock.advance({ days });
      await app.get(ExpiredDeliveries).expireAll();
      return states(user);
    };

    expect(await expireIn(20)).toEqual(['sending: uncertain']);
    expect(await expireIn(1)).toEqual(['expired: never_looked_up']);
  });

  it('starts the next account without the parking of the one before', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', plays(1));
    app.lastfm.faults.next({ kind: 'ignore', code: 5 });
    await app.deliver();
    await app.as(user).delete('/lfm/me');
    await app.create.link(user, 'fresh');
    await app.as(user).post('/scrobbles', { artist: 'Low', title: 'Words' });
    await app.deliver();

    expect(arrived({ ...user, lastfmUsername: 'fresh' })).toEqual(['Words']);
  });

  it('writes nothing but acceptances once its lease is in other hands', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', plays(1));
    app.lastfm.faults.next({
      kind: 'hook',
      run: () => app.sql('update delivery_lane set lease_id = gen_random_uuid()'),
    });
    app.lastfm.faults.next({ kind: 'error', code: 11 });
    await app.deliver();
    expect(await states(user)).toEqual(['accepted']);
  });

  it('makes no call that comes long after its lease, as when the machine was asleep', async () => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', plays(1));
    const { permits } = await app.get(CallBudget).tryAcquire(1);
    const [lease] = (await app.get(LaneLeasesService).lease(1)) ?? [];
    app.clock.advance({ seconds: 31 });
    await app.get(DeliverySender).serve(lease!, permits[0]!);
    expect(calls()).toEqual([]);

    app.clock.advance({ seconds: 5 });
    await app.deliver();
    expect(arrived(user)).toEqual(['Song 0']);
  });

  it('sends the other sighting of a play when the one that stood for both has failed', async () => {
    const user = await app.create.linkedUser();
    const [play] = plays(1);
    await app.as(user).post('/scrobbles', play);
    await app.sql(`update scrobble set source = 'voice'`);
    await app.as(user).post('/scrobbles', play);
    expect(await states(user)).toEqual(expect.arrayContaining(['queued', 'duplicate: same_play']));
    app.lastfm.faults.next({ kind: 'error', code: 11 }, { method: 'track.scrobble' });
    await app.deliver();
    expect(await states(user)).toEqual(expect.arrayContaining(['failed: lastfm_unavailable', 'queued']));

    app.clock.advance({ seconds: 5 });
    await app.deliver();
    expect(arrived(user)).toEqual(['Song 0']);
    expect(await states(user)).toEqual(expect.arrayContaining(['failed: lastfm_unavailable', 'accepted']));
  });

  it('serves one account after the other, so that a backlog starves nobody', async () => {
    const [ada, ben] = [await app.create.linkedUser(), await app.create.linkedUser()];
    await app.as(ada).post('/scrobbles', plays(200));
    await app.as(ben).post('/scrobbles', plays(1));
    await app.deliver();

    const order = calls().map(({ username }) => username);
    expect(order.indexOf(ben.lastfmUsername)).toBeLessThanOrEqual(1);
    expect(order).toHaveLength(5);
  });
});
