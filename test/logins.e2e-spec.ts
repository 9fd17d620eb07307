import { everythingStored } from './support/everything-stored.js';
import { TestApp } from './support/test-app.js';
import type { TestClient } from './support/test-client.js';

const FIREFOX = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  'accept-language': 'de-AT,de;q=0.9,en;q=0.8',
};
const NEWER_FIREFOX = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:151.0) Gecko/20100101 Firefox/151.0',
  'accept-language': 'de-DE,de;q=0.7',
};
const CHROME = {
  'user-agent':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'accept-language': 'de-AT,de;q=0.9',
  'sec-ch-ua-platform': '"Windows"',
};
const CLIENT_HASH = 'a'.repeat(43);

describe('/me/logins', () => {
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

  const signIn = async (
    user: { email: string; password: string },
    headers: Record<string, string>,
  ): Promise<TestClient> => {
    const browser = app.browser().with(headers);
    await browser.post('/auth/login', { email: user.email, password: user.password });
    return browser;
  };

  /** Another browser that has got hold of the cookie. */
  const thief = (victim: TestClient, headers: Record<string, string>): TestClient => {
    const browser = app.browser().with(headers);
    browser.setCookie('sid', victim.cookie('sid') ?? '');
    return browser;
  };

  describe('the list', () => {
    it('names each browser, when it signed in and was last used, and which one asks', async () => {
      const user = await app.create.user();
      app.clock.advance({ hours: 1 });
      const firefox = await signIn(user, FIREFOX);
      app.clock.advance({ hours: 1 });

      const { status, body } = await firefox.get('/me/logins');

      expect(status).toBe(200);
      expect(body).toEqual({
        items: [
          {
            id: expect.any(String),
            device: 'Firefox on Linux',
            createdAt: '2026-01-15T13:00:00.000Z',
            lastUsedAt: '2026-01-15T14:00:00.000Z',
            expiresAt: '2026-02-14T14:00:00.000Z',
            isCurrent: true,
          },
          expect.objectContaining({ device: 'node', isCurrent: false }),
        ],
        total: 2,
        passwordChangeRequired: false,
      });
    });

    it('is for a signed-in browser alone', async () => {
      const user = await app.create.user();

      expect((await app.as(user).get('/me/logins')).body).toMatchObject({ code: 'login_required' });
      expect((await app.browser().get('/me/logins')).body).toMatchObject({ code: 'not_signed_in' });
    });
  });

  describe('ending', () => {
    it('one signs that browser out and no other', async () => {
      const user = await app.create.user();
      const firefox = await signIn(user, FIREFOX);
      const { body: list } = await user.browser.get('/me/logins');
      const { id } = list.items.find(({ device }: { device: string }) => device === 'Firefox on Linux');

      expect((await user.browser.delete(`/me/logins/${id as string}`)).status).toBe(204);

      expect((await firefox.get('/me')).body).toMatchObject({ code: 'not_signed_in' });
      expect((await user.browser.get('/me')).status).toBe(200);
      expect((await user.browser.delete(`/me/logins/${id as string}`)).body).toMatchObject({
        status: 404,
        code: 'login_not_found',
      });
    });

    it('all others leaves this one', async () => {
      const user = await app.create.user();
      const others = [await signIn(user, FIREFOX), await signIn(user, CHROME)];

      expect((await user.browser.delete('/me/logins')).status).toBe(204);

      expect((await Promise.all(others.map((each) => each.get('/me')))).map(({ status }) => status)).toEqual([
        401, 401,
      ]);
      expect((await user.browser.get('/me/logins')).body.total).toBe(1);
    });

    it("does not reach another user's", async () => {
      const [user, other] = [await app.create.user(), await app.create.user()];
      const { body } = await other.browser.get('/me/logins');

      const refused = await user.browser.delete(`/me/logins/${body.items[0].id as string}`);
      await user.browser.delete('/me/logins');

      expect(refused.body).toMatchObject({ status: 404, code: 'login_not_found' });
      expect((await other.browser.get('/me')).status).toBe(200);
    });
  });

  describe('a stolen cookie', () => {
    it('ends the login when another browser uses it; both hear why, and the user is told once', async () => {
      const user = await app.create.user();
      const firefox = await signIn(user, FIREFOX);
      const stolen = thief(firefox, CHROME);

      const answers = await Promise.all([stolen.get('/me'), stolen.get('/playlists'), stolen.get('/me/tokens')]);

      expect(answers.map(({ body }) => body)).toEqual(
        Array.from({ length: 3 }, () => expect.objectContaining({ status: 401, code: 'login_ended' })),
      );
      expect((await firefox.get('/me')).body).toMatchObject({ status: 401, code: 'login_ended' });
      const { body: told } = await user.browser.get('/notifications');
      expect(told.items).toEqual([
        expect.objectContaining({
          kind: 'login-ended',
          text: expect.stringContaining('Firefox on Linux was used from another browser (Chrome on Windows)'),
        }),
      ]);
      const { body: events } = await user.browser.get('/me/security-events');
      expect(events.items.filter(({ action }: { action: string }) => action === 'login.ended-by-fingerprint')).toEqual([
        expect.objectContaining({ details: { device: 'Firefox on Linux', usedBy: 'Chrome on Windows' } }),
      ]);
      expect((await user.browser.get('/me/logins')).body.total).toBe(1);
    });

    it.each([
      { sign: 'language', headers: { ...FIREFOX, 'accept-language': 'ru' } },
      { sign: 'platform', headers: { ...FIREFOX, 'sec-ch-ua-platform': '"Linux"' } },
      { sign: 'user agent', headers: { 'accept-language': FIREFOX['accept-language'] } },
    ])('is known by its $sign', async ({ headers }) => {
      const firefox = await signIn(await app.create.user(), FIREFOX);

      expect((await thief(firefox, headers).get('/me')).body).toMatchObject({ code: 'login_ended' });
    });

    it('does not keep the person from signing in again in the same browser', async () => {
      const user = await app.create.user();
      const firefox = await signIn(user, FIREFOX);
      await thief(firefox, CHROME).get('/me');

      await firefox.post('/auth/login', { email: user.email, password: user.password });

      expect((await firefox.get('/me')).status).toBe(200);
    });
  });

  describe('the same browser', () => {
    it('stays signed in when it is updated, when the dialect of its language changes, and on another network', async () => {
      const firefox = await signIn(await app.create.user(), FIREFOX);

      const { status } = await firefox.with({ ...NEWER_FIREFOX, 'x-forwarded-for': '203.0.113.9' }).get('/me');

      expect(status).toBe(200);
    });

    it('is known by what our pages find out about it, once they have said so', async () => {
      const user = await app.create.user();
      const firefox = await signIn(user, FIREFOX);
      await firefox.with({ 'x-browser-fingerprint': CLIENT_HASH }).get('/me');

      expect((await firefox.get('/me')).status).toBe(200); // A page load cannot carry it.
      const twin = thief(firefox, { ...FIREFOX, 'x-browser-fingerprint': 'b'.repeat(43) });
      expect((await twin.get('/me')).body).toMatchObject({ code: 'login_ended' });
    });
  });

  it('ends after 180 days, however often it is used', async () => {
    const { browser } = await app.create.user();
    for (let day = 0; day < 175; day += 25) {
      app.clock.advance({ days: 25 });
      expect((await browser.get('/me')).status).toBe(200);
    }

    app.clock.advance({ days: 5 });

    expect((await browser.get('/me')).body).toMatchObject({ status: 401, code: 'not_signed_in' });
  });

  it('keeps of a browser neither its version nor its language, only a keyed hash', async () => {
    const user = await app.create.user();
    const firefox = await signIn(user, FIREFOX);
    await firefox.with({ 'x-browser-fingerprint': CLIENT_HASH }).get('/me');

    const stored = await everythingStored(app);

    expect(stored).toContain('Firefox on Linux');
    for (const trace of ['145.0', 'de-AT', CLIENT_HASH, '127.0.0.1']) {
      expect(stored).not.toContain(trace);
    }
  });
});

describe('a login over https', () => {
  it('has a cookie that only our own host can set', async () => {
    const app = await TestApp.start({ PUBLIC_URL: 'https://scrobbler.example' });
    try {
      const { browser } = await app.create.user();
      const token = browser.cookie('__Host-sid') ?? '';
      const planted = app.browser();
      planted.setCookie('sid', token);

      expect(token).toMatch(/^[\w-]{43}$/);
      expect((await browser.get('/me')).status).toBe(200);
      expect((await planted.get('/me')).status).toBe(401);
    } finally {
      await app.stop();
    }
  });
});
