import { DataSource } from 'typeorm';

import type { LinkedTestUser } from './factories/factory.js';
import { ExpiredDeliveries } from '../src/modules/scrobbling/delivery/expired-deliveries.service.js';
import { TestApp } from './support/test-app.js';

const START = Date.UTC(2026, 0, 15, 12);

describe('delivery after something went wrong', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
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

  /** So many plays, a minute apart. */
  const record = (user: Pick<LinkedTestUser, 'token'>, count = 1) =>
    app.as(user).post(
      '/scrobbles',
      Array.from({ length: count }, (_, i) => ({
        artist: 'Low',
        title: `Song ${i}`,
        playedAt: new Date(START - 3_600_000 + i * 60_000).toISOString(),
      })),
    );
  const states = async (user: Pick<LinkedTestUser, 'token'>): Promise<string[]> =>
    (await app.as(user).get('/scrobbles?limit=1000')).body.items
      .reverse()
      .map(({ state, reason }: { state: string; reason: string | null }) =>
        reason === null ? state : `${state}: ${reason}`,
      );
  const arrived = (user: LinkedTestUser) => app.lastfm.scrobblesOf(user.lastfmUsername).map(({ track }) => track);
  const sizes = () =>
    app.lastfm.calls.filter(({ method }) => method === 'track.scrobble').map(({ itemCount }) => itemCount);
  const deliverAfter = async (seconds: number): Promise<void> => {
    app.clock.advance({ seconds });
    await app.deliver();
  };

  describe('an acceptance that comes late', () => {
    it('is written over the expiry that nobody could look up before', async () => {
      const user = await app.create.linkedUser();
      await record(user);
      const seen: string[][] = [];
      app.lastfm.faults.next({
        kind: 'hook',
        run: async () => {
          app.clock.advance({ days: 22 });
          await app.get(ExpiredDeliveries).expireAll();
          seen.push(await states(user));
        },
      });
      await app.deliver();

      expect(seen).toEqual([['expired: never_looked_up']]);
      expect(await states(user)).toEqual(['accepted']);
    });

    it.each(['lane in the same hands', 'lane in other hands'])('is written over a failure (%s)', async (lane) => {
      const user = await app.create.linkedUser();
      await record(user);
      app.lastfm.faults.next({
        kind: 'hook',
        run: async () => {
          await app.sql(`update delivery set state = 'failed', reason = 'cannot_be_looked_up'`);
          if (lane === 'lane in other hands') {
            await app.sql('update delivery_lane set lease_id = gen_random_uuid()');
          }
        },
      });
      await app.deliver();
      expect(await states(user)).toEqual(['accepted']);
    });
  });

  it.each([6, 7])('gives a look-up up that is refused (%i) an hour after the call, and sends again', async (code) => {
    const user = await app.create.linkedUser();
    await record(user, 2);
    app.lastfm.faults.next({ kind: 'drop' }, { method: 'track.scrobble' });
    app.lastfm.faults.always({ kind: 'error', code }, { method: 'user.getrecenttracks' });
    await app.deliver();
    for (let i = 0; i < 3; i += 1) {
      await deliverAfter(19 * 60);
      expect(await states(user)).toEqual(Array(2).fill('sending: uncertain'));
    }
    await deliverAfter(3 * 60);
    await deliverAfter(16 * 60);
    expect(await states(user)).toEqual(['accepted', 'accepted']);
    expect(arrived(user)).toEqual(['Song 0', 'Song 1']);
  });

  it('goes on with the search for a culprit where a look-up came in between, and counts no failure then', async () => {
    const user = await app.create.linkedUser();
    await record(user, 8);
    app.lastfm.faults.next({ kind: 'error', code: 6 });
    app.lastfm.faults.next({ kind: 'error', code: 6 });
    app.lastfm.faults.next({ kind: 'drop' });
    await app.deliver();
    expect(sizes()).toEqual([8, 4, 2]);
    app.lastfm.faults.next({ kind: 'error', code: 6 }, { method: 'track.scrobble' });
    app.lastfm.faults.next({ kind: 'error', code: 11 }, { method: 'track.scrobble' });
    await deliverAfter(125);

    expect(sizes()).toEqual([8, 4, 2, 2, 1]);
    const lane = 'select batch_limit, failures from delivery_lane';
    expect(await app.sql(lane)).toEqual([{ batch_limit: 1, failures: 1 }]);
    await deliverAfter(5);
    expect(sizes()).toEqual([8, 4, 2, 2, 1, 1, 7]);
  });

  it('does not wait for what someone else is writing while it marks the others expired', async () => {
    const [ada, ben] = [await app.create.user(), await app.create.user()];
    await record(ada);
    await record(ben);
    app.clock.advance({ days: 15 });
    await app.nest.get(DataSource).transaction(async (manager) => {
      await manager.query('select from delivery where user_id = $1 for update', [ada.id]);
      await app.get(ExpiredDeliveries).expireAll();
    });
    expect([await states(ada), await states(ben)]).toEqual([['held: not_linked'], ['expired: older_than_14_days']]);

    await app.get(ExpiredDeliveries).expireAll();
    expect(await states(ada)).toEqual(['expired: older_than_14_days']);
  });

  it('gives its permits back when no lane can be taken', async () => {
    const user = await app.create.linkedUser();
    await record(user);
    const spent = () => app.sql('select next_free_at from lastfm_call_budget');
    const before = await spent();
    await app.sql(`create function refuse() returns trigger language plpgsql as $$ begin raise 'No lane'; end $$`);
    await app.sql('create trigger refuse before update on delivery_lane for each row execute function refuse()');
    try {
      await expect(app.deliver()).rejects.toThrow('No lane');
      expect(await spent()).toEqual(before);
    } finally {
      await app.sql('drop function refuse cascade');
    }
  });
});
