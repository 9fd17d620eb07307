import { everythingStored } from './support/everything-stored.js';
import { TestApp } from './support/test-app.js';

const PASSWORD = 'correct horse battery';
const ada = { email: 'ada@example.org', password: PASSWORD, displayName: 'Ada' };

describe('/auth', () => {
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

  const count = async (table: string): Promise<number> => {
    const [row] = await app.sql<{ n: number }>(`select count(*)::int as n from ${table}`);
    return row?.n ?? -1;
  };

  it('names the ways to sign in', async () => {
    const { status, body } = await app.browser().get('/auth/providers');

    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        { kind: 'password', label: 'E-mail and password', startPath: null },
        { kind: 'lastfm', label: 'Last.fm', startPath: '/api/auth/lastfm' },
      ],
      total: 2,
      passwordReset: 'operator',
    });
  });

  describe('register', () => {
    it('makes a user and signs the browser in', async () => {
      const browser = app.browser();

      const registered = await browser.post('/auth/register', { ...ada, email: ' Ada@Example.org ' });

      expect(registered.status).toBe(201);
      expect(registered.body).toEqual({
        id: expect.any(String),
        email: 'ada@example.org',
        displayName: 'Ada',
        role: 'user',
        timeZone: 'UTC',
        profilePublic: false,
        statisticsPublic: false,
        createdAt: '2026-01-15T12:00:00.000Z',
      });
      expect((await browser.get('/me')).body).toEqual(registered.body);
    });

    it('keeps the cookie from scripts and other sites, and on a loopback address allows http', async () => {
      const { headers } = await app.browser().post('/auth/register', ada);

      expect(headers.getSetCookie()).toEqual([
        expect.stringMatching(
          /^sid=[\w-]{43}; Path=\/; Expires=Sat, 14 Feb 2026 12:00:00 GMT; HttpOnly; SameSite=Lax$/,
        ),
      ]);
    });

    it('sends the cookie over https only when people open it over https', async () => {
      const secure = await TestApp.start({ PUBLIC_URL: 'https://scrobbler.example' });
      try {
        const browser = secure.browser();
        const registered = await browser.post('/auth/register', ada);
        const loggedOut = await browser.post('/auth/logout');

        expect(registered.headers.getSetCookie()).toEqual([expect.stringMatching(/; HttpOnly; Secure; SameSite=Lax$/)]);
        expect(loggedOut.headers.getSetCookie()).toEqual([expect.stringContaining('; Secure')]);
      } finally {
        await secure.stop();
      }
    });

    it('refuses an address that has an account, in whichever case', async () => {
      await app.browser().post('/auth/register', ada);
      const browser = app.browser();

      const second = await browser.post('/auth/register', { ...ada, email: 'ADA@example.ORG' });

      expect(second.body).toMatchObject({ status: 409, code: 'email_taken' });
      expect(browser.cookie('sid')).toBeUndefined();
      expect(await count('app_user')).toBe(1);
    });

    it('lets one of two simultaneous registrations of an address through', async () => {
      const responses = await Promise.all([1, 2].map(() => app.browser().post('/auth/register', ada)));

      expect(responses.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect([await count('app_user'), await count('identity'), await count('login_session')]).toEqual([1, 1, 1]);
    });

    it.each([
      { wrong: 'a short password', change: { password: 'shorter' }, path: 'password' },
      { wrong: 'a password that many have', change: { password: 'Iloveyou1' }, path: 'password' },
      { wrong: 'a password of novel length', change: { password: 'x'.repeat(201) }, path: 'password' },
      { wrong: 'an address without a host', change: { email: 'ada' }, path: 'email' },
      { wrong: 'a name of blanks', change: { displayName: '  ' }, path: 'displayName' },
      { wrong: 'a missing name', change: { displayName: undefined }, path: 'displayName' },
      { wrong: 'a number for the address', change: { email: 7 }, path: 'email' },
      { wrong: 'an unknown field', change: { role: 'admin' }, path: '' },
    ])('refuses $wrong and says where', async ({ change, path }) => {
      const { status, body } = await app.browser().post('/auth/register', { ...ada, ...change });

      expect(status).toBe(422);
      expect(body).toMatchObject({ code: 'invalid_input', errors: [{ path }] });
      expect(await count('app_user')).toBe(0);
    });
  });

  describe('login', () => {
    it('signs a browser in, whatever the case of the address', async () => {
      const { body: registered } = await app.browser().post('/auth/register', ada);
      const browser = app.browser();

      const { status, body } = await browser.post('/auth/login', { email: ' ADA@Example.org', password: PASSWORD });

      expect(status).toBe(200);
      expect(body).toEqual({ secondFactor: false, user: registered });
      expect((await browser.get('/me')).status).toBe(200);
    });

    it('answers a wrong password and an unknown address alike', async () => {
      await app.browser().post('/auth/register', ada);
      const wrongPassword = await app.browser().post('/auth/login', { email: ada.email, password: 'wrong password' });
      const unknown = await app.browser().post('/auth/login', { email: 'eve@example.org', password: PASSWORD });

      expect(wrongPassword.body).toMatchObject({ status: 401, code: 'wrong_credentials' });
      expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrongPassword.body, requestId: '' });
      expect([wrongPassword, unknown].flatMap(({ headers }) => headers.getSetCookie())).toEqual([]);
    });

    it('gives the browser a new token, and the one it had opens nothing any more', async () => {
      const browser = app.browser();
      await browser.post('/auth/register', ada);
      const before = browser.cookie('sid') ?? '';

      await browser.post('/auth/login', { email: ada.email, password: PASSWORD });

      expect(browser.cookie('sid')).not.toBe(before);
      expect((await browser.get('/me')).status).toBe(200);
      const old = app.browser();
      old.setCookie('sid', before);
      expect((await old.get('/me')).body).toMatchObject({ status: 401, code: 'not_signed_in' });
    });

    it('never takes over a token that was planted in the browser', async () => {
      await app.browser().post('/auth/register', ada);
      const browser = app.browser();
      browser.setCookie('sid', 'planted');

      await browser.post('/auth/login', { email: ada.email, password: PASSWORD });

      expect(browser.cookie('sid')).toMatch(/^[\w-]{43}$/);
    });
  });

  describe('logout', () => {
    it('ends at the server: the cookie is worth nothing, even if someone kept it', async () => {
      const browser = app.browser();
      await browser.post('/auth/register', ada);
      const kept = browser.cookie('sid') ?? '';

      const { status } = await browser.post('/auth/logout');

      expect(status).toBe(204);
      expect(browser.cookie('sid')).toBeUndefined();
      browser.setCookie('sid', kept);
      expect((await browser.get('/me')).status).toBe(401);
      expect(await count('login_session')).toBe(0);
    });

    it('leaves the other browsers of the user signed in', async () => {
      const { browser, email, password } = await app.create.user();
      const other = app.browser();
      await other.post('/auth/login', { email, password });

      await browser.post('/auth/logout');

      expect((await other.get('/me')).status).toBe(200);
    });

    it('does not mind a browser that is not signed in', async () => {
      expect((await app.browser().post('/auth/logout')).status).toBe(204);
    });
  });

  describe('a login', () => {
    it('ends after 30 days without use, and each use prolongs it', async () => {
      const { browser } = await app.create.user();
      app.clock.advance({ days: 29 });
      expect((await browser.get('/me')).status).toBe(200);
      app.clock.advance({ days: 29 });
      expect((await browser.get('/me')).status).toBe(200);

      app.clock.advance({ days: 30 });

      expect((await browser.get('/me')).body).toMatchObject({ status: 401, code: 'not_signed_in' });
    });

    it('is prolonged in the browser too', async () => {
      const { browser } = await app.create.user();
      app.clock.advance({ days: 10 });

      const { headers } = await browser.get('/me');

      expect(headers.getSetCookie()).toEqual([
        expect.stringMatching(
          new RegExp(`^sid=${browser.cookie('sid') ?? ''}; .*Expires=Tue, 24 Feb 2026 12:00:00 GMT; HttpOnly`),
        ),
      ]);
      expect((await browser.get('/me')).headers.getSetCookie()).toEqual([]);
    });

    it('is deleted some time after its end', async () => {
      await app.create.user();
      app.clock.advance({ days: 31 });

      await app.sql(`select graphile_worker.add_job('credentials.purge')`);
      await app.doJobs();

      expect(await count('login_session')).toBe(0);
    });
  });

  describe('a request from another web site', () => {
    it.each(['https://evil.example', 'null', 'http://127.0.0.1.evil.example'])('of %s is refused', async (origin) => {
      const { browser } = await app.create.user();

      const { body } = await browser.with({ origin }).patch('/me', { displayName: 'Eve' });

      expect(body).toMatchObject({ status: 403, code: 'cross_site_request' });
      expect((await browser.get('/me')).body.displayName).toBe('Ada');
    });

    it('cannot sign a browser out', async () => {
      const { browser } = await app.create.user();

      expect((await browser.with({ origin: 'https://evil.example' }).post('/auth/logout')).status).toBe(403);
      expect((await browser.get('/me')).status).toBe(200);
    });

    it('is no matter for our own pages', async () => {
      const { browser } = await app.create.user();

      const { status } = await browser.with({ origin: app.origin }).patch('/me', { displayName: 'Grace' });

      expect(status).toBe(200);
    });
  });

  it('keeps passwords as argon2id and tokens as hashes, and neither in the clear anywhere', async () => {
    const user = await app.create.user();
    await app.browser().post('/auth/login', { email: user.email, password: 'a wrong password' });

    const identities = await app.sql<{ password_hash: string }>('select password_hash from identity');
    const stored = await everythingStored(app);

    expect(identities).toEqual([{ password_hash: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/) }]);
    expect(stored).toContain(user.email);
    for (const secret of [user.password, 'a wrong password', user.token, user.browser.cookie('sid') ?? '']) {
      expect(stored).not.toContain(secret);
    }
  });
});
