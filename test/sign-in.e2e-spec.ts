import { DiscordSandbox } from '../sandbox/discord/index.js';
import { everythingStored } from './support/everything-stored.js';
import { OpenIdProvider } from './support/openid-provider.js';
import { allowAtLastfm, comeBack, depart } from './support/sign-in-trip.js';
import { TestApp } from './support/test-app.js';
import type { TestClient } from './support/test-client.js';

const OURS = 'http://127.0.0.1:3000';
const CLIENT = { clientId: '42', clientSecret: 'a-discord-secret' };
const PEOPLE = {
  grace: { first_name: 'Grace', last_name: 'Hopper', profile_image_url: 'https://pictures.example/grace.png' },
  ada: { name: 'Ada L.', email: 'ada@example.org', email_verified: true },
};

describe('signing in through somebody who vouches', () => {
  let app: TestApp;
  let openid: OpenIdProvider;
  let discord: DiscordSandbox;

  beforeAll(async () => {
    openid = await OpenIdProvider.start(PEOPLE, `${OURS}/api/auth/oidc/callback`);
    discord = await DiscordSandbox.start({ ...CLIENT, redirectUris: [`${OURS}/api/auth/discord/callback`] });
    app = await TestApp.start({
      OIDC_ISSUER: openid.issuer,
      OIDC_CLIENT_ID: 'our-app',
      OIDC_LABEL: 'Our club',
      DISCORD_CLIENT_ID: CLIENT.clientId,
      DISCORD_CLIENT_SECRET: CLIENT.clientSecret,
      DISCORD_API_URL: discord.apiUrl,
    });
  });

  afterEach(async () => {
    await app.reset();
    discord.reset();
  });

  afterAll(async () => {
    await app.stop();
    await discord.close();
    await openid.stop();
  });

  const withDiscord = async (browser: TestClient, username = 'grace', query: Record<string, string> = {}) =>
    comeBack(app, browser, await discord.approve(await depart(browser, 'discord', query), username));
  const withOpenId = async (browser: TestClient, name: string) =>
    comeBack(app, browser, await openid.allow(await depart(browser, 'oidc'), name));
  const withLastfm = async (browser: TestClient, username: string, query: Record<string, string> = {}) =>
    comeBack(app, browser, await allowAtLastfm(await depart(browser, 'lastfm', query), username));
  const me = async (browser: TestClient) => (await browser.get('/me')).body;
  const users = async () => (await app.sql<{ n: number }>('select count(*)::int as n from app_user'))[0]?.n;

  it('is offered for what is set up', async () => {
    expect((await app.browser().get('/auth/providers')).body.items).toEqual([
      { kind: 'password', label: 'E-mail and password', startPath: null },
      { kind: 'oidc', label: 'Our club', startPath: '/api/auth/oidc' },
      { kind: 'discord', label: 'Discord', startPath: '/api/auth/discord' },
      { kind: 'lastfm', label: 'Last.fm', startPath: '/api/auth/lastfm' },
    ]);
  });

  describe('with OpenID Connect', () => {
    it('makes a user of who is new, with the names that Replit tells, and finds them again', async () => {
      const [one, other] = [app.browser(), app.browser()];

      expect(await withOpenId(one, 'grace')).toBe('/');
      expect(await withOpenId(other, 'grace')).toBe('/');

      expect(await me(one)).toMatchObject({ displayName: 'Grace Hopper', email: null });
      expect((await me(other)).id).toBe((await me(one)).id);
      expect((await one.get('/me/identities')).body.items).toEqual([
        expect.objectContaining({
          kind: 'oidc',
          label: 'Our club',
          name: 'Grace Hopper',
          pictureUrl: 'https://pictures.example/grace.png',
          lastUsedAt: '2026-01-15T12:00:00.000Z',
        }),
      ]);
    });

    it('joins nobody to the user who has the same e-mail address', async () => {
      await app.browser().post('/auth/register', {
        email: 'ada@example.org',
        password: 'correct horse battery',
        displayName: 'Ada',
      });
      const browser = app.browser();

      await withOpenId(browser, 'ada');

      expect(await me(browser)).toMatchObject({ displayName: 'Ada L.', email: null });
      expect(await users()).toBe(2);
    });

    it('is cancelled without a trace', async () => {
      const browser = app.browser();

      const page = await comeBack(app, browser, await openid.cancel(await depart(browser, 'oidc')));

      expect(page).toBe('/sign-in?error=sign_in_cancelled');
      expect([(await browser.get('/me')).status, await users()]).toEqual([401, 0]);
    });

    it('refuses a code that was issued to another browser', async () => {
      const [eve, victim] = [app.browser(), app.browser()];
      const stolen = new URL(await openid.allow(await depart(victim, 'oidc'), 'grace')).searchParams.get('code') ?? '';
      const own = new URL(await openid.allow(await depart(eve, 'oidc'), 'ada'));
      own.searchParams.set('code', stolen);

      expect(await comeBack(app, eve, own.href)).toBe('/sign-in?error=sign_in_refused');
      expect(await users()).toBe(0);
    });
  });

  describe('with Discord', () => {
    it('makes a user, and ends on the page that was asked for', async () => {
      const browser = app.browser();

      expect(await withDiscord(browser, 'grace', { next: '/playlists?q=a#top' })).toBe('/playlists?q=a#top');

      expect(await me(browser)).toMatchObject({ displayName: 'Grace' });
      expect(await app.sql('select details from audit_entry order by occurred_at, id')).toEqual([
        { details: { method: 'discord' } },
        { details: { method: 'discord' } },
      ]);
    });

    it.each(['https://evil.example', '//evil.example', '/\\evil.example', '/api/auth/logout'])(
      'never ends at %s',
      async (next) => {
        expect(await withDiscord(app.browser(), 'grace', { next })).toBe('/');
      },
    );

    it('rotates the login of the browser', async () => {
      const { browser } = await app.create.user();
      const before = browser.cookie('sid') ?? '';

      await withDiscord(browser);

      expect(browser.cookie('sid')).not.toBe(before);
      const old = app.browser();
      old.setCookie('sid', before);
      expect((await old.get('/me')).status).toBe(401);
    });

    it('is cancelled with a sentence', async () => {
      const browser = app.browser();
      const address = await depart(browser, 'discord');
      const response = await fetch(address, {
        method: 'POST',
        body: new URLSearchParams({ decision: 'deny' }),
        redirect: 'manual',
      });

      expect(await comeBack(app, browser, response.headers.get('location') ?? '')).toBe(
        '/sign-in?error=sign_in_cancelled',
      );
    });

    it('says so when Discord refuses the code or does not answer', async () => {
      const browser = app.browser();
      discord.faults.next({ kind: 'answer', status: 400, body: '{"error":"invalid_grant"}' }, '/api/oauth2/token');
      expect(await withDiscord(browser)).toBe('/sign-in?error=sign_in_refused');
      discord.faults.next({ kind: 'drop' }, '/api/oauth2/token');
      expect(await withDiscord(browser)).toBe('/sign-in?error=sign_in_unavailable');
      discord.faults.next({ kind: 'answer', status: 200, body: '<html>' }, '/api/v10/users/@me');
      expect(await withDiscord(browser)).toBe('/sign-in?error=sign_in_unavailable');
      expect(await users()).toBe(0);
    });
  });

  describe('with Last.fm', () => {
    it('makes a user and links the account in the same breath', async () => {
      const browser = app.browser();

      expect(await withLastfm(browser, 'Grace')).toBe('/');

      expect(await me(browser)).toMatchObject({ displayName: 'Grace' });
      expect((await browser.get('/lfm/me')).body).toMatchObject({ username: 'Grace', state: 'linked' });
    });

    it('renews a rejected key, but does not link again what was disconnected', async () => {
      const browser = app.browser();
      await withLastfm(browser, 'grace');
      await app.sql(`update lastfm_account set state = 'rejected', rejected_at = now()`);
      await withLastfm(app.browser(), 'GRACE');
      expect((await browser.get('/lfm/me')).body).toMatchObject({ state: 'linked' });

      await browser.delete('/lfm/me');
      await withLastfm(browser, 'grace');

      expect((await browser.get('/lfm/me')).body).toMatchObject({ code: 'lastfm_account_not_linked' });
      expect(await users()).toBe(1);
    });

    it('does not let someone in as a user who scrobbles to the account, and makes no second user of it', async () => {
      await app.create.linkedUser({ lastfmUsername: 'grace' });
      const browser = app.browser();

      expect(await withLastfm(browser, 'grace')).toBe('/sign-in?error=lastfm_username_taken');

      expect([(await browser.get('/me')).status, await users()]).toEqual([401, 1]);
    });

    it('says so when Last.fm does not confirm it', async () => {
      const browser = app.browser();
      const back = new URL(await allowAtLastfm(await depart(browser, 'lastfm'), 'grace'));
      back.searchParams.set('token', 'made-up');
      expect(await comeBack(app, browser, back.href)).toBe('/sign-in?error=lastfm_access_denied');
      back.searchParams.delete('token');
      back.searchParams.set(
        'state',
        new URL(new URL(await depart(browser, 'lastfm')).searchParams.get('cb') ?? '').searchParams.get('state') ?? '',
      );
      expect(await comeBack(app, browser, back.href)).toBe('/sign-in?error=sign_in_cancelled');
    });
  });

  describe('a return', () => {
    const back = async (browser: TestClient) => discord.approve(await depart(browser, 'discord'), 'grace');

    it('is refused with a state that was made up, and with one of another provider', async () => {
      const browser = app.browser();
      const state = new URL(await back(browser)).searchParams.get('state') ?? '';

      for (const address of [
        `${OURS}/api/auth/discord/callback?code=x&state=made-up`,
        `${OURS}/api/auth/discord/callback`,
        `${OURS}/api/auth/lastfm/callback?token=x&state=${state}`,
      ]) {
        expect(await comeBack(app, browser, address)).toBe('/sign-in?error=sign_in_unknown');
      }
    });

    it('counts once, even twice at the same time', async () => {
      const browser = app.browser();
      const address = await back(browser);

      const pages = await Promise.all([comeBack(app, browser, address), comeBack(app, browser, address)]);

      expect(pages.sort()).toEqual(['/', '/sign-in?error=sign_in_unknown']);
      await browser.post('/auth/logout');
      expect(await comeBack(app, browser, address)).toBe('/sign-in?error=sign_in_unknown');
    });

    it('is refused in another browser, and stays good for its own', async () => {
      const [browser, other] = [app.browser(), app.browser()];
      const address = await back(browser);
      await depart(other, 'discord');

      expect(await comeBack(app, other, address)).toBe('/sign-in?error=sign_in_foreign');
      expect(await comeBack(app, app.browser(), address)).toBe('/sign-in?error=sign_in_foreign');
      expect(await comeBack(app, browser, address)).toBe('/');
    });

    it('is refused after 30 minutes, and what never came back is deleted', async () => {
      const browser = app.browser();
      const address = await back(browser);
      await depart(browser, 'discord');
      app.clock.advance({ minutes: 30 });

      expect(await comeBack(app, browser, address)).toBe('/sign-in?error=sign_in_expired');
      app.clock.advance({ minutes: 1 });
      await app.sql(`select graphile_worker.add_job('credentials.purge')`);
      await app.doJobs();
      expect(await app.sql('select * from sign_in_attempt')).toEqual([]);
    });

    it('finds its way in two tabs of one browser, and at another replica', async () => {
      const browser = app.browser();
      const first = await back(browser);
      const second = await back(browser);

      expect(await comeBack(app, browser, second)).toBe('/');
      expect(await comeBack(app, browser, first)).toBe('/');
    });

    it('leaves nothing behind by which a code could be redeemed', async () => {
      const browser = app.browser();
      const address = new URL(await back(browser));
      const stored = await everythingStored(app);

      for (const secret of [browser.cookie('sign_in') ?? 'none', address.searchParams.get('state') ?? 'none']) {
        expect(secret).toHaveLength(43);
        expect(stored).not.toContain(secret);
      }
    });
  });

  describe('one more way in', () => {
    const link = { intent: 'link' };
    const kinds = async (browser: TestClient) =>
      (await browser.get('/me/identities')).body.items.map(({ kind }: { kind: string }) => kind);
    const idOf = async (browser: TestClient, kind: string): Promise<string> =>
      (await browser.get('/me/identities')).body.items.find((each: { kind: string }) => each.kind === kind).id;

    it('is added to the user who is signed in, and signs them in from then on', async () => {
      const user = await app.create.user();

      expect(await withDiscord(user.browser, 'grace', link)).toBe('/settings/security?linked=discord');
      expect(await withLastfm(user.browser, 'grace', link)).toBe('/settings/security?linked=lastfm');

      expect(await kinds(user.browser)).toEqual(['password', 'discord', 'lastfm']);
      expect((await user.browser.get('/lfm/me')).body).toMatchObject({ username: 'grace' });
      const elsewhere = app.browser();
      await withDiscord(elsewhere, 'grace');
      expect((await me(elsewhere)).id).toBe(user.id);
    });

    it('that is another user’s is not taken from them, and asks whether the two are one', async () => {
      const [owner, user] = [app.browser(), await app.create.user()];
      await withDiscord(owner, 'grace');

      const page = await withDiscord(user.browser, 'grace', link);

      expect(page).toMatch(/^\/account\/merge\/[0-9a-f-]{36}$/);
      expect((await me(user.browser)).id).toBe(user.id);
      expect(await kinds(owner)).toEqual(['discord']);
      const { body } = await user.browser.get(`/me/merges/${page.split('/').at(-1) ?? ''}`);
      expect(body).toMatchObject({ proven: { kind: 'discord' }, into: { displayName: 'Ada' } });
    });

    it('with a Last.fm account that another user scrobbles to asks whether the two are one', async () => {
      await app.create.linkedUser({ lastfmUsername: 'grace' });
      const user = await app.create.user();

      const page = await withLastfm(user.browser, 'grace', link);

      expect(await kinds(user.browser)).toEqual(['password']);
      const { body } = await user.browser.get(`/me/merges/${page.split('/').at(-1) ?? ''}`);
      expect(body).toMatchObject({
        proven: { kind: 'lastfm', name: 'grace' },
        from: { lastfm: { username: 'grace' } },
      });
    });

    it('is not added when another user is signed in by the time the browser comes back', async () => {
      const [user, other] = [await app.create.user(), await app.create.user()];
      const address = await discord.approve(await depart(user.browser, 'discord', link), 'grace');
      user.browser.setCookie('sid', other.browser.cookie('sid') ?? '');

      expect(await comeBack(app, user.browser, address)).toBe('/settings/security?error=sign_in_foreign');
      expect(await kinds(other.browser)).toEqual(['password']);
    });

    it('cannot be asked for by another web site, a token, or nobody', async () => {
      const user = await app.create.user();

      expect(await depart(user.browser.with({ 'sec-fetch-site': 'cross-site' }), 'discord', link)).toBe(
        `${OURS}/settings/security?error=cross_site_request`,
      );
      expect(await depart(app.as(user), 'discord', link)).toBe(`${OURS}/settings/security?error=login_required`);
      expect(await depart(app.browser(), 'discord', link)).toBe(`${OURS}/sign-in?error=not_signed_in`);
    });

    it('can be taken away while another one stays, and not by anybody else', async () => {
      const [user, stranger] = [await app.create.user(), await app.create.user()];
      await withDiscord(user.browser, 'grace', link);
      const [discordId, passwordId] = [await idOf(user.browser, 'discord'), await idOf(user.browser, 'password')];

      expect((await stranger.browser.delete(`/me/identities/${discordId}`)).body).toMatchObject({
        status: 404,
        code: 'identity_not_found',
      });
      expect((await user.browser.delete(`/me/identities/${passwordId}`)).status).toBe(204);
      expect((await user.browser.delete(`/me/identities/${discordId}`)).body).toMatchObject({
        status: 409,
        code: 'last_identity',
      });

      const actions = (await user.browser.get('/me/security-events')).body.items.map(
        ({ action }: { action: string }) => action,
      );
      expect(actions).toEqual(expect.arrayContaining(['identity.linked', 'identity.unlinked']));
    });

    it('stays when two are taken away at the same time', async () => {
      const user = await app.create.user();
      await withDiscord(user.browser, 'grace', link);
      const ids = [await idOf(user.browser, 'discord'), await idOf(user.browser, 'password')];

      const answers = await Promise.all(ids.map((id) => user.browser.delete(`/me/identities/${id}`)));

      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
      expect(await kinds(user.browser)).toHaveLength(1);
    });

    it('is not one that someone else may know', async () => {
      const user = await app.create.user();
      await withDiscord(user.browser, 'grace', link);
      await app.sql('update identity set password_suspected_at = now() where user_id = $1 and kind = $2', [
        user.id,
        'password',
      ]);

      const { body } = await user.browser.delete(`/me/identities/${await idOf(user.browser, 'discord')}`);

      expect(body).toMatchObject({ code: 'last_identity' });
    });

    it('may be a password, once', async () => {
      const browser = app.browser();
      await withDiscord(browser, 'grace');
      const wanted = { email: 'Grace@example.org', newPassword: 'correct horse battery' };

      const answers = await Promise.all([
        browser.post('/me/password', wanted),
        browser.post('/me/password', { ...wanted, email: 'hopper@example.org' }),
      ]);

      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
      expect((await browser.post('/me/password', wanted)).body).toMatchObject({ code: 'password_exists' });
      const { email } = await me(browser);
      const login = await app.browser().post('/auth/login', { email, password: wanted.newPassword });
      expect(login.status).toBe(200);
    });

    it('that an intruder added goes with the login that was not the user’s', async () => {
      const user = await app.create.user();
      const intruder = app.browser();
      await intruder.post('/auth/login', { email: user.email, password: user.password });
      app.clock.advance({ minutes: 1 });
      await withDiscord(intruder, 'mallory', link);
      const { body: logins } = await user.browser.get('/me/logins');
      const stolen = logins.items.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);

      await user.browser.post(`/me/logins/${stolen.id as string}/disown`);

      expect(await kinds(user.browser)).toEqual(['password']);
    });

    it('that an intruder made of a password goes as well, with every link that would set it anew', async () => {
      const owner = app.browser();
      await withDiscord(owner, 'grace');
      const intruder = app.browser();
      await withDiscord(intruder, 'grace');
      app.clock.advance({ minutes: 1 });
      const made = await intruder.post('/me/password', {
        email: 'mallory@example.org',
        newPassword: 'correct horse battery',
      });
      expect(made.status).toBe(204);
      await app.browser().post('/auth/password/forgot', { email: 'mallory@example.org' });
      await app.doJobs();
      const { body: logins } = await owner.get('/me/logins');
      const stolen = logins.items.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);

      const { body } = await owner.post(`/me/logins/${stolen.id as string}/disown`);

      expect(body).toEqual({ passwordChangeRequired: false, isAnyWayInLeft: true });
      expect(await kinds(owner)).toEqual(['discord']);
      expect(await app.sql('select from password_reset')).toEqual([]);
    });

    it('is not added for good by a browser that was left open', async () => {
      const browser = app.browser();
      await withDiscord(browser, 'grace');
      app.clock.advance({ minutes: 11 });

      const { body } = await browser.post('/me/password', {
        email: 'grace@example.org',
        newPassword: 'correct horse battery',
      });

      expect(body).toMatchObject({ status: 403, code: 'fresh_login_required' });
    });
  });
});

describe('a way to sign in that is not set up, or away', () => {
  it('answers that it is not set up, and one whose issuer is away says so on the page', async () => {
    const app = await TestApp.start({ OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_CLIENT_ID: 'our-app' });
    try {
      expect((await app.browser().get('/auth/discord')).body).toMatchObject({
        status: 404,
        code: 'sign_in_not_configured',
      });
      expect((await app.browser().get('/auth/discord/callback?state=x')).status).toBe(404);
      expect(await depart(app.browser(), 'oidc')).toBe(`${OURS}/sign-in?error=sign_in_unavailable`);
    } finally {
      await app.stop();
    }
  });
});
