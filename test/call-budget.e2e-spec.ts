import type { LinkedTestUser } from './factories/factory.js';
import { CallBudget } from '../src/modules/lastfm/call-budget/call-budget.service.js';
import { TestApp } from './support/test-app.js';

describe('the call budget', () => {
  let app: TestApp;
  let replica: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ LASTFM_CALLS_PER_SECOND: '5', LASTFM_CALL_BURST: '10' });
    replica = await app.startReplica();
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await replica.stop();
    await app.stop();
  });

  /** Permits that are free this moment, when both replicas ask for as many as they can use at the same time. */
  const takeAll = async (): Promise<number> => {
    const taken = await Promise.all([app, replica, app, replica].map((each) => each.get(CallBudget).tryAcquire(20)));
    return taken.reduce((sum, { permits }) => sum + permits.length, 0);
  };

  it('allows a burst of 10 calls, then 5 a second, over all accounts and replicas', async () => {
    const users: LinkedTestUser[] = [];
    for (let i = 0; i < 18; i += 1) {
      users.push(await app.create.linkedUser());
      app.clock.advance({ seconds: 3 });
    }
    for (const user of users) {
      await app.as(user).post('/scrobbles', { artist: 'Low', title: 'Words' });
    }
    const sent = () => app.lastfm.calls.filter(({ method }) => method === 'track.scrobble').length;
    const deliver = () => Promise.all([app.deliver(), replica.deliver()]);

    await deliver();
    expect(sent()).toBe(10);
    app.clock.advance({ seconds: 1.1 });
    await deliver();
    expect(sent()).toBe(15);
    app.clock.advance({ seconds: 1.1 });
    await deliver();
    expect(sent()).toBe(18);
  });

  it('never gives more than 1,500 permits in any five minutes, nor more than 10 at one moment, and wastes none', async () => {
    const [steps, perSecond] = [720, 2];
    const taken: number[] = [];
    for (let i = 0; i < steps; i += 1) {
      taken.push(await takeAll());
      app.clock.advance({ seconds: 1 / perSecond });
    }
    const windows = taken.slice(300 * perSecond).map((_, start) => taken.slice(start, start + 300 * perSecond));
    const sums = windows.map((window) => window.reduce((sum, count) => sum + count, 0));

    expect(taken[0]).toBe(10);
    expect(Math.max(...taken.slice(1))).toBeLessThanOrEqual(3);
    expect(Math.max(...sums)).toBeLessThanOrEqual(1_500);
    expect(Math.min(...sums)).toBeGreaterThanOrEqual(1_485);
  });

  it('lets a call that someone waits for go before any backlog', async () => {
    expect(await takeAll()).toBe(10);
    await app.get(CallBudget).acquire();
    app.clock.advance({ seconds: 0.21 });
    expect(await takeAll()).toBe(0);
    app.clock.advance({ seconds: 0.21 });
    expect(await takeAll()).toBe(1);
  });

  it('lets a call that nobody waits for go only once all others have gone', async () => {
    const budget = app.get(CallBudget);
    await budget.acquireWhenIdle();
    let hasGone = false;
    const idle = budget.acquireWhenIdle().then(() => {
      hasGone = true;
    });
    expect(await takeAll()).toBe(9);
    expect(hasGone).toBe(false);
    app.clock.advance({ seconds: 2.1 });
    await idle;
    expect(await takeAll()).toBe(9);
  });

  it('has a permit again that was given back', async () => {
    const { permits } = await app.get(CallBudget).tryAcquire(10);
    await app.get(CallBudget).giveBack(permits.slice(4));
    expect([permits.length, await takeAll()]).toEqual([10, 6]);
  });

  it('says when the next permit is free', async () => {
    await takeAll();
    const { availableAt } = await app.get(CallBudget).tryAcquire(1);
    const waitMs = (availableAt?.getTime() ?? 0) - app.clock.now().getTime();
    expect(waitMs).toBeGreaterThan(190);
    expect(waitMs).toBeLessThan(210);
  });

  it('takes nothing from the budget when it refuses a call', async () => {
    const budget = app.get(CallBudget);
    const asked = await Promise.allSettled(Array.from({ length: 60 }, () => budget.acquire()));
    const refused = asked.filter(({ status }) => status === 'rejected');

    expect(refused.length).toBeGreaterThanOrEqual(20);
    const [row] = await app.sql<{ ahead: number }>(
      'select extract(epoch from next_free_at - $1::timestamptz)::float as ahead from lastfm_call_budget',
      [app.clock.now()],
    );
    expect(row?.ahead).toBeLessThan(8);
  });
});

it('gives as many permits as are configured', async () => {
  const app = await TestApp.start({ LASTFM_CALLS_PER_SECOND: '2', LASTFM_CALL_BURST: '3' });
  const budget = app.get(CallBudget);
  const first = await budget.tryAcquire(50);
  app.clock.advance({ seconds: 1.1 });
  const second = await budget.tryAcquire(50);
  await app.stop();

  expect([first.permits.length, second.permits.length]).toEqual([3, 2]);
});
