import { track } from './factories/factory.js';
import { Authenticator } from './support/authenticator.js';
import { Handshake } from './support/handshake.js';
import { sessionKeyOf } from './support/session-key-of.js';
import { TestApp } from './support/test-app.js';

describe('/lfm/me', () => {
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

  const linkAs = async (user: Awaited<ReturnType<typeof app.create.user>>, username: string): Promise<string> => {
    const handshake = await Handshake.start(app, user);
    return handshake.comeBack(user.browser, await handshake.allow(username));
  };

  it('answers 404 until an account is linked', async () => {
    const client = app.as(await app.create.user());

    const responses = [await client.get('/lfm/me'), await client.put('/lfm/me/toggle'), await client.delete('/lfm/me')];

    for (const { body } of responses) {
      expect(body).toMatchObject({ status: 404, code: 'lastfm_account_not_linked' });
    }
  });

  it('lets a token that may only read look, and change nothing', async () => {
    const user = await app.create.linkedUser();
    const { body } = await user.browser.post('/me/tokens', { name: 'Reader', scopes: ['read'] });
    const reader = app.as({ token: body.token });

    expect((await reader.get('/lfm/me')).status).toBe(200);
    expect((await reader.put('/lfm/me/toggle')).body).toMatchObject({ status: 403, code: 'missing_scope' });
    expect((await reader.delete('/lfm/me')).body).toMatchObject({ status: 403, code: 'missing_scope' });
  });

  describe('one Last.fm account belongs to one user:', () => {
    it.each(['ada', 'ADA'])('a second one who proves to own %s is asked whether the two are one', async (username) => {
      const first = await app.create.linkedUser({ lastfmUsername: 'ada' });
      const playlist = await app.create.playlist(first);
      const second = await app.create.user();

      const page = await linkAs(second, username);

      expect(page).toMatch(/^\/account\/merge\/[0-9a-f-]{36}$/);
      expect((await app.as(second).get('/lfm/me')).status).toBe(404);
      expect((await app.as(first).get('/lfm/me')).body).toMatchObject({ username: 'ada' });
      const merge = `/me/merges/${page.split('/').at(-1) ?? ''}`;
      const { body } = await second.browser.get(merge);
      expect(body).toMatchObject({ proven: { kind: 'lastfm', name: 'ada' }, from: { lastfm: { username: 'ada' } } });
      expect((await second.browser.post(`${merge}/confirm`)).status).toBe(204);
      expect((await app.as(second).get('/lfm/me')).body).toMatchObject({ username: 'ada', state: 'linked' });
      expect((await app.as(second).get(`/playlists/${playlist.id}`)).status).toBe(200);
      expect((await app.as(first).get('/me')).status).toBe(401);
    });

    it('who has another one linked is asked at once which of the two stays', async () => {
      await app.create.linkedUser({ lastfmUsername: 'ada' });
      const second = await app.create.linkedUser({ lastfmUsername: 'grace' });

      const merge = `/me/merges/${(await linkAs(second, 'ada')).split('/').at(-1) ?? ''}/confirm`;

      expect((await second.browser.post(merge)).body).toMatchObject({ code: 'lastfm_account_choice_needed' });
      const kept = await second.browser.post(merge, { lastfm: { username: 'ada', waiting: 'send' } });
      expect(kept.status).toBe(204);
      expect((await app.as(second).get('/lfm/me')).body).toMatchObject({ username: 'ada' });
    });

    it('somebody with a second factor is not merged away by it', async () => {
      const first = await app.create.linkedUser({ lastfmUsername: 'ada' });
      await Authenticator.setUp(app, first);

      expect(await linkAs(await app.create.user(), 'ada')).toBe('/lastfm?error=user_merge_second_factor');
    });

    it('of two users who link it at the same time one gets it', async () => {
      const users = [await app.create.user(), await app.create.user()];

      const pages = await Promise.all(users.map((user) => linkAs(user, 'ada')));

      expect(pages.sort().at(-1)).toBe('/lastfm?linked=1');
      expect(pages[0]).toMatch(/^\/lastfm\?error=lastfm_username_taken$|^\/account\/merge\//);
      expect(await app.sql('select username from lastfm_account')).toEqual([{ username: 'ada' }]);
    });

    it('it is free again once it is disconnected', async () => {
      const first = await app.create.linkedUser({ lastfmUsername: 'ada' });
      await app.as(first).delete('/lfm/me');

      expect(await linkAs(await app.create.user(), 'ada')).toBe('/lastfm?linked=1');
    });

    it('says so to a browser that confirms, too', async () => {
      await app.create.linkedUser({ lastfmUsername: 'ada' });
      const browser = app.browser();
      const handshake = await Handshake.start(app, await app.create.user());
      await handshake.comeBack(browser, await handshake.allow('ada'));

      const { body } = await browser.post('/lfm/auth/confirm', { state: handshake.state });

      expect(body).toMatchObject({ status: 409, code: 'lastfm_username_taken' });
    });
  });

  describe('another username than the one linked', () => {
    /** A user whose account `ada` is rejected with two scrobbles waiting comes back from Last.fm as `grace`. */
    const comeBackAsGrace = async () => {
      const user = await app.create.linkedUser({ lastfmUsername: 'ada' });
      await app.as(user).post('/scrobbles', [track('One'), track('Two')]);
      app.lastfm.revoke(await sessionKeyOf(app, user));
      await app.deliver();
      const handshake = await Handshake.start(app, user);
      const page = await handshake.comeBack(user.browser, await handshake.allow('grace'));
      expect(page).toBe(`/lastfm/confirm?state=${handshake.state}`);
      const confirm = (replaces?: object) =>
        user.browser.post('/lfm/auth/confirm', { state: handshake.state, ...(replaces && { replaces }) });
      return { user, handshake, confirm };
    };
    const states = async (user: Parameters<typeof app.as>[0]): Promise<string[]> => {
      const { body } = await app.as(user).get('/scrobbles');
      return body.items.map(({ state, reason }: { state: string; reason: string }) => `${state}: ${reason}`);
    };
    const arrived = (username: string) => app.lastfm.scrobblesOf(username).map((scrobble) => scrobble.track);

    it('is asked about, with both names and what waits, and nothing changes without an answer', async () => {
      const { user, handshake, confirm } = await comeBackAsGrace();

      expect((await user.browser.get(`/lfm/auth/pending?state=${handshake.state}`)).body).toMatchObject({
        username: 'grace',
        replaces: { username: 'ada', waiting: 2 },
      });
      for (const replaces of [undefined, { username: 'someone', waiting: 'send' }]) {
        expect((await confirm(replaces)).body).toMatchObject({ status: 409, code: 'lastfm_username_differs' });
      }
      expect((await confirm({ username: 'ada' })).status).toBe(422);
      await app.deliver();

      expect((await app.as(user).get('/lfm/me')).body).toMatchObject({ username: 'ada', state: 'rejected', held: 2 });
      expect([...arrived('ada'), ...arrived('grace')]).toEqual([]);
    });

    it('gets what waits when the person says so', async () => {
      const { user, confirm } = await comeBackAsGrace();

      expect((await confirm({ username: 'ada', waiting: 'send' })).body).toEqual({ username: 'grace' });
      await app.deliver();

      expect((await app.as(user).get('/lfm/me')).body).toMatchObject({ username: 'grace', state: 'linked', held: 0 });
      expect([arrived('ada'), arrived('grace')]).toEqual([[], ['One', 'Two']]);
    });

    it('gets nothing of it when the person has it cancelled', async () => {
      const { user, confirm } = await comeBackAsGrace();

      await confirm({ username: 'ada', waiting: 'cancel' });
      await app.deliver();

      expect((await app.as(user).get('/lfm/me')).body).toMatchObject({ username: 'grace', state: 'linked', held: 0 });
      expect(await states(user)).toEqual(Array(2).fill('cancelled: disconnected'));
      expect(arrived('grace')).toEqual([]);
    });

    it('never gets what may have reached the former one', async () => {
      const user = await app.create.linkedUser({ lastfmUsername: 'ada' });
      await app.as(user).post('/scrobbles', [track('Sent')]);
      app.lastfm.faults.next({ kind: 'cut-after-accepting' }, { method: 'track.scrobble' });
      await app.deliver();
      await app.as(user).post('/scrobbles', [track('Waiting')]);
      await app.as(user).put('/lfm/me/toggle', { scrobblingEnabled: false });

      const handshake = await Handshake.start(app, user);
      await handshake.comeBack(user.browser, await handshake.allow('grace'));
      const replaces = { username: 'ada', waiting: 'send' };
      expect((await user.browser.post('/lfm/auth/confirm', { state: handshake.state, replaces })).status).toBe(200);
      app.clock.advance({ minutes: 10 });
      await app.deliver();

      expect([arrived('ada'), arrived('grace')]).toEqual([['Sent'], ['Waiting']]);
      expect((await states(user)).sort()).toEqual(['accepted: null', 'cancelled: account_replaced']);
      expect((await app.as(user).get('/lfm/me')).body).toMatchObject({ scrobblingEnabled: false });
    });

    it.each(['send', 'cancel'])('starts with a daily budget of its own (%s)', async (waiting) => {
      const user = await app.create.linkedUser({ lastfmUsername: 'ada' });
      await app.as(user).post('/scrobbles', [track('One')]);
      await app.deliver();
      app.lastfm.faults.next({ kind: 'ignore', code: 5 });
      await app.as(user).post('/scrobbles', [track('Two')]);
      await app.deliver();
      const budget = async () => (await app.as(user).get('/scrobbles/budget')).body;
      expect(await budget()).toMatchObject({ used: 1, cap: 50, parkedUntil: '2026-01-16T00:00:00.000Z' });

      const handshake = await Handshake.start(app, user);
      await handshake.comeBack(user.browser, await handshake.allow('grace'));
      await user.browser.post('/lfm/auth/confirm', { state: handshake.state, replaces: { username: 'ada', waiting } });

      expect(await budget()).toMatchObject({ used: 0, cap: 600, learned: null, parkedUntil: null });
    });

    it('is not credited with what the former one is still taking, nor searched for it', async () => {
      const user = await app.create.linkedUser({ lastfmUsername: 'ada' });
      const handshake = await Handshake.start(app, user);
      const run = async () => {
        await handshake.comeBack(user.browser, await handshake.allow('grace'));
        const replaces = { username: 'ada', waiting: 'send' };
        app.clock.advance({ seconds: 5 });
        await user.browser.post('/lfm/auth/confirm', { state: handshake.state, replaces });
      };
      app.lastfm.faults.next({ kind: 'hook', run }, { method: 'track.scrobble' });
      await app.as(user).post('/scrobbles', [track('One'), track('Two')]);
      await app.deliver();
      expect([arrived('ada'), arrived('grace')]).toEqual([['One', 'Two'], []]);
      expect((await app.as(user).get('/scrobbles/budget')).body).toMatchObject({ used: 0 });

      await app.as(user).patch('/lfm/me', { profileChecks: true });
      app.clock.advance({ hours: 2 });
      await app.sql(`select graphile_worker.add_job('profiles.check', '{}'::json)`);
      await app.doJobs();
      const { body } = await app.as(user).get('/scrobbles');
      expect(body.items.map(({ missingSince }: { missingSince: string | null }) => missingSince)).toEqual([null, null]);
    });

    it('starts with a daily budget of its own also after a disconnection; the same one keeps its', async () => {
      const user = await app.create.linkedUser({ lastfmUsername: 'ada' });
      await app.as(user).post('/scrobbles', [track('One')]);
      await app.deliver();
      const budget = async () => (await app.as(user).get('/scrobbles/budget')).body;

      await app.as(user).delete('/lfm/me');
      await app.create.link(user, 'ada');
      expect(await budget()).toMatchObject({ used: 1 });
      await app.as(user).delete('/lfm/me');
      await app.create.link(user, 'grace');
      expect(await budget()).toMatchObject({ used: 0 });
    });

    it('is not searched for what was sent to the former one', async () => {
      const user = await app.create.linkedUser({ lastfmUsername: 'ada' });
      await app.as(user).post('/scrobbles', [track('One')]);
      await app.deliver();
      app.clock.advance({ hours: 2 });
      const handshake = await Handshake.start(app, user);
      await handshake.comeBack(user.browser, await handshake.allow('grace'));
      const replaces = { username: 'ada', waiting: 'send' };
      await user.browser.post('/lfm/auth/confirm', { state: handshake.state, replaces });
      await app.as(user).patch('/lfm/me', { profileChecks: true });
      await app.sql(`select graphile_worker.add_job('profiles.check', '{}'::json)`);
      await app.doJobs();

      expect((await app.as(user).get('/lfm/me')).body.profileCheckedAt).not.toBeNull();
      expect((await app.as(user).get('/scrobbles')).body.items).toMatchObject([{ title: 'One', missingSince: null }]);
    });

    it('starts without the parking of the former one', async () => {
      const user = await app.create.linkedUser({ lastfmUsername: 'ada' });
      await app.as(user).post('/scrobbles', [track('One')]);
      app.lastfm.faults.next({ kind: 'ignore', code: 5 });
      await app.deliver();
      expect(await states(user)).toEqual(['held: parked']);

      const handshake = await Handshake.start(app, user);
      await handshake.comeBack(user.browser, await handshake.allow('grace'));
      const replaces = { username: 'ada', waiting: 'send' };
      await user.browser.post('/lfm/auth/confirm', { state: handshake.state, replaces });
      await app.deliver();

      expect(arrived('grace')).toEqual(['One']);
    });
  });

  describe('toggle', () => {
    it('switches scrobbling off and on as told', async () => {
      const user = await app.create.linkedUser();

      for (const scrobblingEnabled of [false, false, true, true]) {
        const { status, body } = await app.as(user).put('/lfm/me/toggle', { scrobblingEnabled });
        expect({ status, body }).toMatchObject({ status: 200, body: { scrobblingEnabled } });
        expect((await app.as(user).get('/lfm/me')).body).toEqual(body);
      }
    });

    it('turns it round when told nothing, with an empty body or none', async () => {
      const user = await app.create.linkedUser();

      expect((await app.as(user).put('/lfm/me/toggle')).body.scrobblingEnabled).toBe(false);
      expect((await app.as(user).put('/lfm/me/toggle', {})).body.scrobblingEnabled).toBe(true);
    });

    it('turned round twice at the same time is as before', async () => {
      const user = await app.create.linkedUser();

      await Promise.all([1, 2].map(() => app.as(user).put('/lfm/me/toggle')));

      expect((await app.as(user).get('/lfm/me')).body.scrobblingEnabled).toBe(true);
    });

    it.each([{ scrobblingEnabled: 'off' }, { scrobblingEnabled: null }, { enabled: true }, [], 'off', 7])(
      'refuses %j',
      async (body) => {
        const user = await app.create.linkedUser();

        expect((await app.as(user).put('/lfm/me/toggle', body)).body).toMatchObject({ status: 422 });
        expect((await app.as(user).get('/lfm/me')).body.scrobblingEnabled).toBe(true);
      },
    );

    it('stays as it was when the account is linked again', async () => {
      const user = await app.create.linkedUser();
      await app.as(user).put('/lfm/me/toggle', { scrobblingEnabled: false });

      await app.create.link(user, user.lastfmUsername);

      expect((await app.as(user).get('/lfm/me')).body.scrobblingEnabled).toBe(false);
    });
  });

  it('is deleted with its key when it is disconnected', async () => {
    const user = await app.create.linkedUser();

    expect((await app.as(user).delete('/lfm/me')).status).toBe(204);

    expect(await app.sql('select user_id from lastfm_account')).toEqual([]);
    expect((await app.as(user).get('/lfm/me')).status).toBe(404);
  });

  it('linked again after Last.fm refused its key, sends what was held', async () => {
    const user = await app.create.linkedUser();
    const refused = await sessionKeyOf(app, user);
    app.lastfm.revoke(refused);
    await app.as(user).post('/scrobbles', [track('One'), track('Two')]);
    await app.deliver();
    expect((await app.as(user).get('/lfm/me')).body).toMatchObject({ state: 'rejected', queued: 0, held: 2 });

    expect(await linkAs(user, user.lastfmUsername.toUpperCase())).toBe('/lastfm?linked=1');

    expect((await app.as(user).get('/lfm/me')).body).toMatchObject({ state: 'linked', queued: 2, held: 0 });
    expect(await sessionKeyOf(app, user)).not.toBe(refused);
    await app.deliver();
    expect(app.lastfm.scrobblesOf(user.lastfmUsername).map((scrobble) => scrobble.track)).toEqual(['One', 'Two']);
  });
});
