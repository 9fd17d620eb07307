import { type LinkedTestUser, track } from './factories/factory.js';
import { sessionKeyOf } from './support/session-key-of.js';
import { TestApp } from './support/test-app.js';

describe('/notifications', () => {
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

  const list = async (user: LinkedTestUser, query = '') => (await app.as(user).get(`/notifications${query}`)).body;

  /** Last.fm refuses the user's key, and we learn of it by the next scrobble. */
  const loseKey = async (user: LinkedTestUser, title = 'One'): Promise<void> => {
    app.lastfm.revoke(await sessionKeyOf(app, user));
    await app.as(user).post('/scrobbles', track(title));
    await app.deliver();
  };

  const jobs = () =>
    app.sql<{ payload: unknown }>(
      `select payload from graphile_worker._private_jobs where payload ->> 'event' = 'lastfm-account.rejected'`,
    );

  it('tells a user once that Last.fm refuses their key', async () => {
    const [user, other] = [await app.create.linkedUser(), await app.create.linkedUser()];
    await loseKey(user);
    expect(await list(user)).toEqual({ items: [], total: 0 });

    await app.doJobs();

    expect(await list(user)).toEqual({
      items: [
        {
          id: expect.any(String),
          kind: 'lastfm-rejected',
          text: expect.stringContaining(`our access to ${user.lastfmUsername}`),
          createdAt: '2026-01-15T12:00:00.000Z',
          readAt: null,
        },
      ],
      total: 1,
    });
    expect((await list(other)).total).toBe(0);
  });

  it('tells a user once a day that Last.fm has had enough of them', async () => {
    const user = await app.create.linkedUser();
    for (const title of ['One', 'Two']) {
      app.lastfm.faults.next({ kind: 'ignore', code: 5 }, { method: 'track.scrobble' });
      await app.sql(`update delivery_lane set parked_until = null`);
      await app.as(user).post('/scrobbles', track(title));
      await app.deliver();
    }
    await app.doJobs();

    expect((await list(user)).items).toMatchObject([
      { kind: 'lastfm-parked', text: expect.stringContaining(`no more scrobbles of ${user.lastfmUsername}`) },
    ]);
  });

  it('tells it once even when the job is done twice', async () => {
    const user = await app.create.linkedUser();
    await loseKey(user);
    const [job] = await jobs();
    expect(job).toBeDefined();
    await app.doJobs();

    await app.sql(`select graphile_worker.add_job('event.deliver', $1::json)`, [JSON.stringify(job?.payload)]);
    await app.doJobs();

    expect((await list(user)).total).toBe(1);
  });

  it('writes one job, however many scrobbles are refused', async () => {
    const user = await app.create.linkedUser();
    await loseKey(user, 'One');
    await app.as(user).post('/scrobbles', [track('Two'), track('Three')]);
    await app.deliver();

    expect(await jobs()).toHaveLength(1);
  });

  it('tells nothing when the account was linked again before the job was done', async () => {
    const user = await app.create.linkedUser();
    await loseKey(user);
    await app.create.link(user, user.lastfmUsername);

    await app.doJobs();

    expect(await list(user)).toEqual({ items: [], total: 0 });
  });

  it('tells nothing when the account was disconnected before the job was done', async () => {
    const user = await app.create.linkedUser();
    await loseKey(user);
    await app.as(user).delete('/lfm/me');

    await app.doJobs();

    expect(await list(user)).toEqual({ items: [], total: 0 });
  });

  it('tells it again when a later key is refused, the newest first', async () => {
    const user = await app.create.linkedUser();
    await loseKey(user, 'One');
    await app.doJobs();
    app.clock.advance({ hours: 1 });
    await app.create.link(user, user.lastfmUsername);
    await loseKey(user, 'Two');
    await app.doJobs();

    const { items, total } = await list(user);

    expect(total).toBe(2);
    expect(items.map(({ createdAt }: { createdAt: string }) => createdAt)).toEqual([
      '2026-01-15T13:00:00.000Z',
      '2026-01-15T12:00:00.000Z',
    ]);
    expect((await list(user, '?limit=1')).items).toEqual(items.slice(0, 1));
    expect((await list(user, '?limit=1&offset=1')).items).toEqual(items.slice(1));
  });

  it("marks all of one's own as read, at the time of the first reading", async () => {
    const [user, other] = [await app.create.linkedUser(), await app.create.linkedUser()];
    await loseKey(user);
    await loseKey(other);
    await app.doJobs();
    app.clock.advance({ minutes: 1 });

    expect((await app.as(user).post('/notifications/read')).status).toBe(204);
    app.clock.advance({ minutes: 1 });
    await app.as(user).post('/notifications/read');

    expect((await list(user)).items).toMatchObject([{ readAt: '2026-01-15T12:01:00.000Z' }]);
    expect((await list(other)).items).toMatchObject([{ readAt: null }]);
  });

  it('are for their user, and a token that may only read marks none as read', async () => {
    const user = await app.create.user();
    const { body } = await user.browser.post('/me/tokens', { name: 'Reader', scopes: ['read'] });

    expect((await app.browser().get('/notifications')).body).toMatchObject({ status: 401, code: 'not_signed_in' });
    expect((await app.as({ token: body.token }).get('/notifications')).status).toBe(200);
    expect((await app.as({ token: body.token }).post('/notifications/read')).status).toBe(403);
  });

  it.each(['limit=0', 'limit=1001', 'limit=many', 'offset=-1'])('refuse ?%s', async (query) => {
    const { body } = await app.as(await app.create.user()).get(`/notifications?${query}`);

    expect(body).toMatchObject({ status: 422, code: 'invalid_input', errors: [{ path: query.split('=')[0] }] });
  });
});
