import type { Fault } from '../sandbox/lastfm/faults.js';
import type { LinkedTestUser } from './factories/factory.js';
import { eventually } from './support/eventually.js';
import { TestApp } from './support/test-app.js';

const TOO_MANY = 'Rate Limit Exceeded - Too many scrobbles in a short period. Please try again later.';
const HALF_A_DAY = 12 * 3600;
/** Long enough for a look-up, for the proof that a play is not there, and for every wait in between. */
const PATIENCE = [30, 120, 600, 1200];

/** What a call may meet, and what becomes of everything then. */
interface Row {
  name: string;
  fault: Fault;
  /** Of the scrobble, right after the call. */
  state: string;
  /** Seconds until the account's next call; never without a person, where it is null. */
  nextCallAfter: number | null;
  isHalted?: true;
  /** It does not pass by itself: the installation is not ready. */
  needsOperator?: true;
  isRejected?: true;
}

const refusedCodes = [2, 3, 4, 5, 6, 7, 12, 14, 15, 17, 18, 19, 20, 21, 22, 23, 24, 25, 27, 28];
const refused = { state: 'failed: refused_by_lastfm', nextCallAfter: null };
const uncertain = { state: 'sending: uncertain', nextCallAfter: 20 };
const operator = { state: 'queued: operator', nextCallAfter: 600, isHalted: true, needsOperator: true } as const;
const slowedDown = { state: 'queued: rate_limited', nextCallAfter: 60, isHalted: true } as const;
const parked = { state: 'held: parked', nextCallAfter: HALF_A_DAY };

const ROWS: Row[] = [
  ...refusedCodes.map((code): Row => ({ name: `error ${code}`, fault: { kind: 'error', code }, ...refused })),
  { name: 'error 8', fault: { kind: 'error', code: 8 }, ...uncertain },
  {
    name: 'error 9',
    fault: { kind: 'error', code: 9 },
    state: 'held: key_rejected',
    nextCallAfter: null,
    isRejected: true,
  },
  { name: 'error 10', fault: { kind: 'error', code: 10 }, ...operator },
  {
    name: 'error 11',
    fault: { kind: 'error', code: 11 },
    state: 'queued: lastfm_unavailable',
    nextCallAfter: 5,
  },
  { name: 'error 13 of one scrobble', fault: { kind: 'error', code: 13 }, ...refused },
  { name: 'error 16', fault: { kind: 'error', code: 16 }, ...uncertain },
  { name: 'error 16 with 200', fault: { kind: 'error', code: 16, status: 200 }, ...uncertain },
  { name: 'error 26', fault: { kind: 'error', code: 26 }, ...operator },
  { name: 'error 29', fault: { kind: 'error', code: 29 }, ...slowedDown },
  { name: 'error 29 of one account', fault: { kind: 'error', code: 29, message: TOO_MANY }, ...parked },
  {
    name: 'error 29 of one account with 200',
    fault: { kind: 'error', code: 29, message: TOO_MANY, status: 200 },
    ...parked,
  },
  { name: 'an HTML 500', fault: { kind: 'html', status: 500 }, ...uncertain },
  { name: 'an HTML 503', fault: { kind: 'html', status: 503 }, ...uncertain },
  { name: 'a plain 502', fault: { kind: 'body', status: 502, body: '' }, ...uncertain },
  { name: 'a JSON 500 without a number', fault: { kind: 'body', status: 500, body: '{}' }, ...uncertain },
  { name: 'a plain 403', fault: { kind: 'body', status: 403, body: 'Forbidden' }, ...uncertain },
  { name: 'a plain 413', fault: { kind: 'body', status: 413, body: 'Too Large' }, ...refused },
  { name: 'a plain 429', fault: { kind: 'body', status: 429, body: 'Slow down' }, ...slowedDown },
  { name: 'a redirect', fault: { kind: 'body', status: 302, body: '' }, ...uncertain },
  { name: 'a page with 200', fault: { kind: 'body', status: 200, body: '<html></html>' }, ...uncertain },
  { name: 'JSON of another form', fault: { kind: 'body', status: 200, body: '{"scrobbles":{}}' }, ...uncertain },
  { name: 'half a document', fault: { kind: 'truncated-json', accepting: false }, ...uncertain },
  { name: 'a connection cut in the answer', fault: { kind: 'cut' }, ...uncertain },
  { name: 'a connection lost before', fault: { kind: 'drop' }, ...uncertain },
  {
    name: 'ignored code 1',
    fault: { kind: 'ignore', code: 1 },
    state: 'ignored: artist_filtered',
    nextCallAfter: null,
  },
  { name: 'ignored code 2', fault: { kind: 'ignore', code: 2 }, state: 'ignored: track_filtered', nextCallAfter: null },
  {
    name: 'ignored code 3',
    fault: { kind: 'ignore', code: 3 },
    state: 'ignored: timestamp_too_old',
    nextCallAfter: null,
  },
  {
    name: 'ignored code 4',
    fault: { kind: 'ignore', code: 4 },
    state: 'ignored: timestamp_too_new',
    nextCallAfter: null,
  },
  { name: 'ignored code 5', fault: { kind: 'ignore', code: 5 }, ...parked },
];

/** One scrobble's verdict as Last.fm words it. */
const verdict = (second: number, code: string | number = '0', change: object = {}) => ({
  artist: { corrected: '0', '#text': 'Low' },
  track: { corrected: '0', '#text': 'Song' },
  album: { corrected: '0', '#text': '' },
  albumArtist: { corrected: '0', '#text': '' },
  ignoredMessage: { code, '#text': '' },
  timestamp: String(second),
  ...change,
});
const answer = (scrobble: unknown): Fault => ({
  kind: 'body',
  status: 200,
  body: JSON.stringify({ scrobbles: { scrobble, '@attr': { accepted: 0, ignored: 0 } } }),
});

describe('the error matrix', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ LASTFM_TIMEOUT_MS: '1500' });
  });

  beforeEach(() => {
    app.lastfm.suppressDuplicates = false;
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  const START = Date.UTC(2026, 0, 15, 12) / 1000;
  /** The start second of the nth of these plays. */
  const second = (index: number): number => START - 3600 + index * 60;
  const record = (user: LinkedTestUser, count = 1, change: object = {}) =>
    app.as(user).post(
      '/scrobbles',
      Array.from({ length: count }, (_, i) => ({
        artist: 'Low',
        title: `Song ${i}`,
        playedAt: new Date(second(i) * 1000).toISOString(),
        ...change,
      })),
    );
  const history = async (user: LinkedTestUser) =>
    (await app.as(user).get('/scrobbles?limit=1000')).body.items.reverse();
  const states = async (user: LinkedTestUser): Promise<string[]> =>
    (await history(user)).map(({ state, reason }: { state: string; reason: string | null }) =>
      reason === null ? state : `${state}: ${reason}`,
    );
  const arrived = (user: LinkedTestUser) => app.lastfm.scrobblesOf(user.lastfmUsername).map(({ track }) => track);
  const callsOf = (user: LinkedTestUser) =>
    app.lastfm.calls.filter(
      ({ method, username }) =>
        ['track.scrobble', 'user.getrecenttracks'].includes(method) && username === user.lastfmUsername,
    );
  const deliverAfter = async (seconds: number): Promise<void> => {
    app.clock.advance({ seconds });
    await app.deliver();
  };

  describe.each(ROWS)('$name', (row) => {
    const { fault, state, nextCallAfter, isHalted = false, needsOperator = false, isRejected = false } = row;
    const isParked = state === parked.state;

    it(`makes it "${state}", and ${nextCallAfter === null ? 'nothing follows' : `a call follows after ${nextCallAfter} s`}`, async () => {
      const [ada, ben] = [await app.create.linkedUser(), await app.create.linkedUser()];
      await record(ada);
      app.lastfm.faults.next(fault, { method: 'track.scrobble' });
      await app.deliver();
      await record(ben);
      await app.deliver();
      await app.doJobs();

      expect(await states(ada)).toEqual([state]);
      expect((await app.as(ada).get('/lfm/me')).body.state).toBe(isRejected ? 'rejected' : 'linked');
      expect((await app.as(ada).get('/notifications')).body.total).toBe(isRejected || isParked ? 1 : 0);
      expect((await app.browser().get('/health/ready')).status).toBe(needsOperator ? 503 : 200);
      expect((await app.browser().get('/installation')).body.lastfm.halt === null).toBe(!isHalted);
      expect(arrived(ben)).toEqual(isHalted ? [] : ['Song 0']);
      expect((await app.as(ben).get('/lfm/me')).body.state).toBe('linked');

      if (nextCallAfter === null) {
        for (const seconds of [60, 3600, 24 * 3600]) {
          await deliverAfter(seconds);
        }
        expect(callsOf(ada)).toHaveLength(1);
        expect(await states(ada)).toEqual([state]);
        expect(arrived(ada)).toEqual([]);
        return;
      }
      await deliverAfter(nextCallAfter - 1);
      expect(callsOf(ada)).toHaveLength(1);
      await deliverAfter(1);
      expect(callsOf(ada).length).toBeGreaterThan(1);
      for (const seconds of PATIENCE) {
        await deliverAfter(seconds);
      }
      expect([arrived(ada), arrived(ben)]).toEqual([['Song 0'], ['Song 0']]);
      expect(await states(ada)).toEqual(['accepted']);
      expect((await app.browser().get('/health/ready')).status).toBe(200);
    });
  });

  it('stops nobody for a refused signature while it cannot be told whose fault it is', async () => {
    const user = await app.create.linkedUser();
    await record(user);
    app.lastfm.faults.next({ kind: 'error', code: 13 }, { method: 'track.scrobble' });
    app.lastfm.faults.next({ kind: 'error', code: 11 }, { method: 'auth.getToken' });
    await app.deliver();

    expect(await states(user)).toEqual(['queued: lastfm_unavailable']);
    expect((await app.browser().get('/installation')).body.lastfm.halt).toBeNull();
    await deliverAfter(5);
    expect(arrived(user)).toEqual(['Song 0']);
  });

  describe('a call that takes too long', () => {
    it.each([{ accepting: true }, { accepting: false }])(
      'is in doubt (accepted in the end: $accepting), and arrives once',
      async ({ accepting }) => {
        const user = await app.create.linkedUser();
        await record(user);
        app.lastfm.faults.next({ kind: 'stall', milliseconds: 2_000, accepting }, { method: 'track.scrobble' });
        await app.deliver();
        expect(await states(user)).toEqual(['sending: uncertain']);

        await eventually(
          () => app.lastfm.calls.map(({ outcome }) => outcome),
          (outcomes) => !outcomes.includes('in-flight'),
        );
        for (const seconds of PATIENCE) {
          await deliverAfter(seconds);
        }
        expect(await states(user)).toEqual(['accepted']);
        expect(arrived(user)).toEqual(['Song 0']);
      },
    );
  });

  it('tries again, less and less often, while there is no connection at all', async () => {
    const own = await TestApp.start();
    try {
      const user = await own.create.linkedUser();
      await own.lastfm.close();
      await own.as(user).post('/scrobbles', { artist: 'Low', title: 'Words' });
      const attempts: number[] = [];
      for (const seconds of [0, 4, 1, 9, 1]) {
        own.clock.advance({ seconds });
        await own.deliver();
        const { body } = await own.as(user).get('/scrobbles');
        expect(body.items[0]).toMatchObject({ state: 'queued', reason: 'lastfm_unavailable' });
        attempts.push(body.items[0].attempts);
      }
      expect(attempts).toEqual([1, 1, 2, 2, 3]);
    } finally {
      await own.stop();
    }
  });

  describe('a batch that is refused', () => {
    it.each([6, 13, 4])('is halved until the culprit stands alone (%i): only that one is not sent', async (code) => {
      const user = await app.create.linkedUser();
      await record(user, 5);
      const refusals = [5, 3, 2];
      refusals.forEach(() => {
        app.lastfm.faults.next({ kind: 'error', code });
      });
      app.lastfm.faults.next({ kind: 'error', code: 6 });
      await app.deliver();

      expect(callsOf(user).map(({ itemCount }) => itemCount)).toEqual([...refusals, 1, 1, 3]);
      expect(await states(user)).toEqual(['failed: refused_by_lastfm', ...Array<string>(4).fill('accepted')]);
      expect(arrived(user)).toEqual(['Song 1', 'Song 2', 'Song 3', 'Song 4']);
      expect((await app.browser().get('/health/ready')).status).toBe(200);
    });

    it('stops everyone once a single scrobble has the wrong signature, too, and loses none', async () => {
      const user = await app.create.linkedUser();
      await record(user, 3);
      const remove = app.lastfm.faults.always({ kind: 'error', code: 13 });
      await app.deliver();
      expect(callsOf(user).map(({ itemCount }) => itemCount)).toEqual([3, 2, 1]);
      expect((await states(user))[0]).toBe('queued: operator');
      expect((await app.browser().get('/health/ready')).status).toBe(503);

      remove();
      await deliverAfter(600);
      expect(arrived(user)).toEqual(['Song 0', 'Song 1', 'Song 2']);
    });

    it('stops nobody for one scrobble whose signature is refused while others are taken', async () => {
      const [user, other] = [await app.create.linkedUser(), await app.create.linkedUser()];
      await record(user, 3);
      app.lastfm.faults.always({ kind: 'error', code: 13 }, { username: user.lastfmUsername });
      await app.deliver();
      await record(other, 1);
      await app.deliver();

      expect(await states(user)).toEqual(Array(3).fill('failed: refused_by_lastfm'));
      expect(arrived(other)).toEqual(['Song 0']);
      expect((await app.browser().get('/health/ready')).status).toBe(200);
    });

    it('fails each of them when each is refused, without halving again from 50', async () => {
      const user = await app.create.linkedUser();
      await record(user, 10);
      app.lastfm.faults.always({ kind: 'error', code: 6 }, { method: 'track.scrobble' });
      await app.deliver();

      expect(await states(user)).toEqual(Array(10).fill('failed: refused_by_lastfm'));
      expect(callsOf(user).map(({ itemCount }) => itemCount)).toEqual([10, 5, 3, 2, ...Array<number>(10).fill(1)]);
    });
  });

  describe('an answer', () => {
    it('with a verdict of every kind is read item by item', async () => {
      const user = await app.create.linkedUser();
      await record(user, 8);
      const codes = ['0', '1', 2, '3', 4, '5', '91', '1000'];
      app.lastfm.faults.next(answer(codes.map((code, index) => verdict(second(index), code))));
      await app.deliver();

      expect(await states(user)).toEqual([
        'accepted',
        'ignored: artist_filtered',
        'ignored: track_filtered',
        'ignored: timestamp_too_old',
        'ignored: timestamp_too_new',
        'held: parked',
        'accepted',
        'ignored: ignored_by_lastfm',
      ]);
      await deliverAfter(HALF_A_DAY);
      expect(arrived(user)).toEqual(['Song 5']);
    });

    it('in another order is matched by the timestamps', async () => {
      const user = await app.create.linkedUser();
      await record(user, 3);
      app.lastfm.faults.next(answer([verdict(second(2), 2), verdict(second(0)), verdict(second(1), 1)]));
      await app.deliver();

      expect(await states(user)).toEqual(['accepted', 'ignored: artist_filtered', 'ignored: track_filtered']);
    });

    it.each([
      { name: 'fewer items than were sent', scrobble: [verdict(second(0)), verdict(second(1))] },
      { name: 'an object where an array was due', scrobble: verdict(second(0)) },
      { name: 'no items', scrobble: [] },
      { name: 'other plays', scrobble: [verdict(second(0)), verdict(second(1)), verdict(7)] },
      { name: 'a code that is no number', scrobble: [verdict(second(0)), verdict(second(1)), verdict(second(2), '')] },
    ])('with $name leaves everything in doubt, until it was looked up', async ({ scrobble }) => {
      const user = await app.create.linkedUser();
      await record(user, 3);
      app.lastfm.faults.next(answer(scrobble), { method: 'track.scrobble' });
      await app.deliver();
      expect(await states(user)).toEqual(Array(3).fill('sending: uncertain'));

      for (const seconds of PATIENCE) {
        await deliverAfter(seconds);
      }
      expect(await states(user)).toEqual(Array(3).fill('accepted'));
      expect(arrived(user)).toEqual(['Song 0', 'Song 1', 'Song 2']);
    });

    it.each([
      { name: 'an object for one item', scrobble: verdict(second(0)) },
      { name: 'an array for one item', scrobble: [verdict(second(0))] },
      { name: 'no album', scrobble: verdict(second(0), 0, { album: { corrected: '0' }, albumArtist: undefined }) },
      { name: 'no timestamp', scrobble: verdict(second(0), 0, { timestamp: undefined }) },
      { name: 'numbers that are numbers', scrobble: verdict(second(0), 0, { timestamp: second(0) }) },
    ])('with $name is understood', async ({ scrobble }) => {
      const user = await app.create.linkedUser();
      await record(user);
      app.lastfm.faults.next(answer(scrobble));
      await app.deliver();

      expect(await history(user)).toMatchObject([{ state: 'accepted', verdict: { code: 0, corrected: null } }]);
    });

    it('about a play of almost 14 days ago that calls the artist filtered most likely means its age', async () => {
      const user = await app.create.linkedUser();
      await record(user, 1, { playedAt: new Date((START - 13.5 * 86_400) * 1000).toISOString() });
      app.lastfm.faults.next({ kind: 'ignore', code: 1 });
      await app.deliver();

      expect(await history(user)).toMatchObject([{ reason: 'timestamp_too_old', verdict: { code: 1 } }]);
    });
  });

  it('writes nothing of a refusal that comes after the lease has ended: whoever has the lane looks it up', async () => {
    const user = await app.create.linkedUser();
    await record(user, 1, { artist: 'VA' });
    app.lastfm.faults.next({
      kind: 'hook',
      run: () => app.sql('update delivery_lane set lease_id = gen_random_uuid()'),
    });
    await app.deliver();

    expect(await history(user)).toMatchObject([{ state: 'sending', reason: null, verdict: null }]);
    for (const seconds of [61, ...PATIENCE]) {
      await deliverAfter(seconds);
    }
    expect(await history(user)).toMatchObject([{ state: 'ignored', reason: 'artist_filtered', attempts: 2 }]);
  });

  it('postpones an account whose key cannot be opened; the others go on, and nothing is lost', async () => {
    const [ada, ben] = [await app.create.linkedUser(), await app.create.linkedUser()];
    const [kept] = await app.sql<{ key: string }>('select session_key as key from lastfm_account where user_id = $1', [
      ada.id,
    ]);
    const seal = (key: string) =>
      app.sql('update lastfm_account set session_key = $1 where user_id = $2', [key, ada.id]);
    await seal('v1.gone.AAAA');
    await record(ada);
    await record(ben);
    await app.deliver();
    expect([await states(ada), await states(ben)]).toEqual([['queued'], ['accepted']]);

    await seal(kept?.key ?? '');
    await deliverAfter(15 * 60 - 1);
    expect(arrived(ada)).toEqual([]);
    await deliverAfter(1);
    expect(arrived(ada)).toEqual(['Song 0']);
  });
});
