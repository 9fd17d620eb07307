import type { TestUser } from './factories/factory.js';
import { Handshake } from './support/handshake.js';
import { TestApp } from './support/test-app.js';
import type { TestClient } from './support/test-client.js';

/** Someone could start a link and talk another person into finishing it: so the browser that comes back has a say. */
describe('/lfm/auth/confirm', () => {
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

  /** The user starts; another browser goes to Last.fm as `ada` and comes back. */
  const comeBackElsewhere = async (user: TestUser, browser: TestClient): Promise<Handshake> => {
    const handshake = await Handshake.start(app, user);
    const page = await handshake.comeBack(browser, await handshake.allow('ada'));
    expect(page).toBe(`/lastfm/confirm?state=${handshake.state}`);
    return handshake;
  };
  const pending = (browser: TestClient, { state }: Handshake) => browser.get(`/lfm/auth/pending?state=${state}`);
  const confirm = (browser: TestClient, { state }: Handshake) => browser.post('/lfm/auth/confirm', { state });
  const isLinked = async (user: TestUser) => (await app.as(user).get('/lfm/me')).status === 200;

  it('links nothing until a browser that is not signed in has said yes to both names', async () => {
    const user = await app.create.user({ displayName: 'Ada on the web' });
    const browser = app.browser();
    const handshake = await comeBackElsewhere(user, browser);
    expect(await isLinked(user)).toBe(false);

    expect((await pending(browser, handshake)).body).toEqual({
      displayName: 'Ada on the web',
      discord: null,
      username: 'ada',
      replaces: null,
      expiresAt: '2026-01-15T13:00:00.000Z',
    });
    expect(await isLinked(user)).toBe(false);

    const confirmed = await confirm(browser, handshake);
    expect(confirmed.status).toBe(200);
    expect(confirmed.body).toEqual({ username: 'ada' });
    expect((await app.as(user).get('/lfm/me')).body).toMatchObject({ username: 'ada', state: 'linked' });
  });

  it('asks a browser that is signed in as someone else, too, and links the one who started', async () => {
    const [starter, other] = [await app.create.user(), await app.create.user()];

    const handshake = await comeBackElsewhere(starter, other.browser);
    expect([await isLinked(starter), await isLinked(other)]).toEqual([false, false]);
    await confirm(other.browser, handshake);

    expect([await isLinked(starter), await isLinked(other)]).toEqual([true, false]);
  });

  it('is refused to the starter, who knows the address but was not at Last.fm', async () => {
    const user = await app.create.user();
    const handshake = await comeBackElsewhere(user, app.browser());

    for (const response of [await pending(user.browser, handshake), await confirm(user.browser, handshake)]) {
      expect(response.body).toMatchObject({ status: 403, code: 'lastfm_confirmation_foreign' });
    }
    expect(await isLinked(user)).toBe(false);
  });

  it('is refused to a browser that came back from another handshake', async () => {
    const [ada, eve] = [await app.create.user(), await app.create.user()];
    const [adasBrowser, evesBrowser] = [app.browser(), app.browser()];
    const handshake = await comeBackElsewhere(ada, adasBrowser);
    const another = await Handshake.start(app, eve);
    await another.comeBack(evesBrowser, await another.allow('eve'));

    expect((await confirm(evesBrowser, handshake)).body).toMatchObject({ code: 'lastfm_confirmation_foreign' });
    expect((await confirm(adasBrowser, handshake)).status).toBe(200);
  });

  it('replaces nobody’s Last.fm account: that is for its user to say', async () => {
    const user = await app.create.linkedUser({ lastfmUsername: 'grace' });
    const browser = app.browser();
    const handshake = await comeBackElsewhere(user, browser);

    expect((await pending(browser, handshake)).body).toMatchObject({ username: 'ada', replaces: null });
    for (const body of [
      { state: handshake.state },
      { state: handshake.state, replaces: { username: 'grace', waiting: 'cancel' } },
    ]) {
      expect((await browser.post('/lfm/auth/confirm', body)).body).toMatchObject({
        status: 409,
        code: 'lastfm_username_differs',
      });
    }
    expect((await app.as(user).get('/lfm/me')).body).toMatchObject({ username: 'grace' });
  });

  it('happens once', async () => {
    const user = await app.create.user();
    const browser = app.browser();
    const handshake = await comeBackElsewhere(user, browser);
    const kept = browser.cookie('lfm_confirmation') ?? '';
    await confirm(browser, handshake);
    expect(browser.cookie('lfm_confirmation')).toBeUndefined();

    browser.setCookie('lfm_confirmation', kept);
    for (const response of [await confirm(browser, handshake), await pending(browser, handshake)]) {
      expect(response.body).toMatchObject({ status: 409, code: 'lastfm_handshake_used' });
    }
  });

  it('happens once when it is pressed twice', async () => {
    const user = await app.create.user();
    const browser = app.browser();
    const handshake = await comeBackElsewhere(user, browser);

    const responses = await Promise.all([confirm(browser, handshake), confirm(browser, handshake)]);

    expect(responses.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await isLinked(user)).toBe(true);
  });

  it('is over with the handshake', async () => {
    const user = await app.create.user();
    const browser = app.browser();
    const handshake = await comeBackElsewhere(user, browser);

    app.clock.advance({ minutes: 60 });

    expect((await confirm(browser, handshake)).body).toMatchObject({ status: 409, code: 'lastfm_handshake_expired' });
    expect(await isLinked(user)).toBe(false);
  });

  it('knows nothing of a made-up state', async () => {
    const response = await app.browser().post('/lfm/auth/confirm', { state: 'made-up' });

    expect(response.body).toMatchObject({ status: 404, code: 'lastfm_handshake_unknown' });
  });

  it('gives the browser a cookie that scripts do not see and that goes to these addresses only', async () => {
    const handshake = await Handshake.start(app, await app.create.user());
    const token = await handshake.allow('ada');

    const { headers } = await app.browser().get(`/lfm/auth/callback?state=${handshake.state}&token=${token}`);

    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^lfm_confirmation=[\w-]{43}; Max-Age=3600; Path=\/api\/lfm\/auth; HttpOnly; SameSite=Lax$/,
      ),
    ]);
  });

  it('forgets the waiting key with the confirmation', async () => {
    const browser = app.browser();
    await confirm(browser, await comeBackElsewhere(await app.create.user(), browser));

    expect(await app.sql('select step, session_key, confirmation_hash from lastfm_handshake')).toEqual([
      { step: 'used', session_key: null, confirmation_hash: null },
    ]);
  });
});
