import { type LinkedTestUser, type TestUser, track } from './factories/factory.js';
import { EventStream } from './support/event-stream.js';
import { TestApp } from './support/test-app.js';

describe('/events', () => {
  let app: TestApp;
  let open: EventStream[];

  beforeAll(async () => {
    app = await TestApp.start();
  });

  beforeEach(() => {
    open = [];
  });

  afterEach(async () => {
    open.forEach((stream) => {
      stream.close();
    });
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  const listen = async (user: { token: string }, lastEventId?: string, origin = app.origin): Promise<EventStream> => {
    const stream = await EventStream.open(origin, { authorization: `Bearer ${user.token}` }, lastEventId);
    open.push(stream);
    return stream;
  };
  /** News arrive in the order of their commits: once this one is here, all that came before it has passed. */
  const newsHavePassed = async (origin: string): Promise<void> => {
    const other = await app.create.user();
    const stream = await listen(other, undefined, origin);
    await stream.next();
    await scrobble(other, 'Last of the news');
    await stream.next();
  };
  const linkedUser = async (origin = app.origin): Promise<LinkedTestUser> => {
    const user = await app.create.linkedUser();
    await newsHavePassed(origin);
    return user;
  };
  const scrobble = async (user: TestUser, title: string): Promise<string> => {
    const { body } = await app.as(user).post('/scrobbles', track(title));
    return body.items[0].id as string;
  };
  const toggle = (user: LinkedTestUser) => app.as(user).put('/lfm/me/toggle');

  it('begins with `ready`', async () => {
    const stream = await listen(await app.create.user());

    expect(await stream.next()).toMatchObject({ kind: 'ready', id: expect.stringMatching(/./) });
  });

  it('is a stream that no proxy keeps or changes', async () => {
    const user = await app.create.user();
    const abort = new AbortController();

    const { headers } = await fetch(`${app.origin}/api/events`, {
      headers: { authorization: `Bearer ${user.token}` },
      signal: abort.signal,
    });
    abort.abort();

    expect(headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(headers.get('cache-control')).toMatch(/no-cache|no-store/);
  });

  it('is for a signed-in browser, or a token that may read', async () => {
    const user = await app.create.user();
    const { body } = await user.browser.post('/me/tokens', { name: 'Writer', scopes: ['write'] });

    expect((await app.browser().get('/events')).body).toMatchObject({ status: 401, code: 'not_signed_in' });
    expect((await app.as({ token: body.token }).get('/events')).body).toMatchObject({ code: 'missing_scope' });
    const cookie = `sid=${user.browser.cookie('sid') ?? ''}`;
    const stream = await EventStream.open(app.origin, { cookie });
    open.push(stream);
    expect(await stream.next()).toMatchObject({ kind: 'ready' });
  });

  it('tells a user which scrobbles changed and that the account did, and tells nobody else', async () => {
    const [ada, eve] = [await linkedUser(), await linkedUser()];
    const [adas, eves] = [await listen(ada), await listen(eve)];
    await Promise.all([adas.next(), eves.next()]);

    const id = await scrobble(ada, 'One');
    await toggle(ada);
    await toggle(eve);

    expect(await adas.until('lastfm-account')).toMatchObject([
      { kind: 'scrobble', data: { ids: [id] } },
      { kind: 'lastfm-account' },
    ]);
    expect(await eves.next()).toMatchObject({ kind: 'lastfm-account' });
  });

  it('tells nothing of what was rolled back', async () => {
    const user = await linkedUser();
    const stream = await listen(user);
    await stream.next();

    await app.as(user).post('/scrobbles', [track('One'), { artist: '', title: '' }]);
    await toggle(user);

    expect(await stream.next()).toMatchObject({ kind: 'lastfm-account' });
  });

  it('resumes behind the last event without a loss, and without what was for others', async () => {
    const [ada, eve] = [await linkedUser(), await linkedUser()];
    const before = await listen(ada);
    await before.next();
    const first = await scrobble(ada, 'One');
    const { id: lastEventId, data } = await before.next();
    expect(data).toEqual({ ids: [first] });
    before.close();

    const missed = [await scrobble(ada, 'Two'), await scrobble(ada, 'Three')];
    await scrobble(eve, 'Four');
    const after = await listen(ada, lastEventId);

    const events = await after.until('ready');
    expect(events.map(({ kind, data: { ids } }) => [kind, ids])).toEqual([
      ['scrobble', [missed[0]]],
      ['scrobble', [missed[1]]],
      ['ready', undefined],
    ]);
  });

  it('resumes behind `ready`, too: a browser may lose its connection before any news', async () => {
    const user = await linkedUser();
    const before = await listen(user);
    const { id: lastEventId } = await before.next();
    before.close();

    const id = await scrobble(user, 'One');
    const after = await listen(user, lastEventId);

    expect((await after.until('ready'))[0]).toMatchObject({ kind: 'scrobble', data: { ids: [id] } });
  });

  it.each(['01900000-0000-7000-8000-000000000000', 'nonsense'])(
    'tells a browser that comes back with the unknown id %s to fetch everything again',
    async (lastEventId) => {
      const stream = await listen(await app.create.user(), lastEventId);

      expect((await stream.until('ready')).map(({ kind }) => kind)).toEqual(['resync', 'ready']);
    },
  );

  it('carries news from one replica to the browsers of another', async () => {
    const replica = await app.startReplica();
    try {
      const user = await linkedUser(replica.origin);
      const stream = await listen(user, undefined, replica.origin);
      const { id: lastEventId } = await stream.next();

      const id = await scrobble(user, 'One');

      expect(await stream.next()).toMatchObject({ kind: 'scrobble', data: { ids: [id] } });
      const resumed = await listen(user, lastEventId, replica.origin);
      expect(await resumed.next()).toMatchObject({ kind: 'scrobble', data: { ids: [id] } });
    } finally {
      await replica.stop();
    }
  });

  it('ends with the server, which does not wait for browsers', async () => {
    const replica = await app.startReplica();
    const stream = await listen(await app.create.user(), undefined, replica.origin);
    await stream.next();

    // Waiting for the browser would never end.
    await replica.stop();

    await stream.ended;
  });

  it('tells every browser to fetch everything again after the connection to the database broke', async () => {
    const user = await linkedUser();
    const stream = await listen(user);
    await stream.next();

    await app.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like 'listen %'`,
    );

    expect(await stream.next()).toMatchObject({ kind: 'resync' });
    const id = await scrobble(user, 'One');
    expect(await stream.next()).toMatchObject({ kind: 'scrobble', data: { ids: [id] } });
  });
});
