import { TestApp } from './support/test-app.js';

describe('what a browser may be made to do', () => {
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

  describe('a request with a login cookie', () => {
    it.each([
      { from: 'another site', headers: { 'sec-fetch-site': 'cross-site' } },
      { from: 'another subdomain', headers: { 'sec-fetch-site': 'same-site' } },
      { from: 'an older browser on another site', headers: { origin: 'https://evil.example' } },
      { from: 'a sandboxed frame', headers: { origin: 'null' } },
      {
        from: 'another site that names our origin',
        headers: { 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1:3000' },
      },
    ])('is refused from $from', async ({ headers }) => {
      const { browser } = await app.create.user();

      const { body } = await browser.with(headers).patch('/me', { displayName: 'Eve' });

      expect(body).toMatchObject({ status: 403, code: 'cross_site_request' });
      expect((await browser.get('/me')).body.displayName).toBe('Ada');
    });

    it.each([
      { from: 'our pages', headers: { 'sec-fetch-site': 'same-origin' } },
      { from: 'our pages behind a proxy that renames the host', headers: { origin: 'http://127.0.0.1:3000' } },
      { from: 'a program', headers: {} },
    ])('is heard from $from', async ({ headers }) => {
      const { browser } = await app.create.user();

      expect((await browser.with(headers).patch('/me', { displayName: 'Grace' })).status).toBe(200);
    });

    it('may read from anywhere a link leads here', async () => {
      const { browser } = await app.create.user();

      expect((await browser.with({ 'sec-fetch-site': 'cross-site' }).get('/me')).status).toBe(200);
    });

    it.each(['application/x-www-form-urlencoded', 'text/plain', 'text/plain; x=application/json', 'application/jsonp'])(
      'has no body of the type %s, which a form of another site could send unasked',
      async (type) => {
        const { browser } = await app.create.user();

        const { status, body } = await browser.raw('PATCH', '/me', '{"displayName":"Eve"}', type);

        expect([status, body.code]).toEqual([415, 'unsupported_media_type']);
        expect((await browser.get('/me')).body.displayName).toBe('Ada');
      },
    );
  });

  it('signs no browser in for another site', async () => {
    const user = await app.create.user();
    const browser = app.browser().with({ 'sec-fetch-site': 'cross-site' });

    const { status } = await browser.post('/auth/login', { email: user.email, password: user.password });

    expect([status, browser.cookie('sid')]).toEqual([403, undefined]);
  });

  describe('the size of a body', () => {
    const textOf = (kilobytes: number) => ({ displayName: 'x'.repeat(kilobytes * 1024) });

    it.each([
      { method: 'POST', path: '/auth/login', fits: 15, tooLarge: 17 },
      { method: 'PATCH', path: '/me', fits: 250, tooLarge: 260 },
      { method: 'POST', path: '/scrobbles', fits: 2_000, tooLarge: 2_100 },
      { method: 'POST', path: '/playlists', fits: 10_000, tooLarge: 10_300 },
    ])('of $method $path is limited between $fits and $tooLarge KB', async ({ method, path, fits, tooLarge }) => {
      const { browser } = await app.create.user();

      expect((await browser.request(method, path, textOf(fits))).status).toBe(422);
      expect((await browser.request(method, path, textOf(tooLarge))).body).toMatchObject({
        status: 413,
        code: 'body_too_large',
      });
    });
  });

  describe('the headers of an answer', () => {
    it('let nothing run, be framed or be kept that comes from the API', async () => {
      const { headers } = await app.browser().get('/auth/providers');

      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
    });

    it.each(['/', '/history', '/api/docs'])('allow no inline script at %s', async (path) => {
      const { headers } = await app.browser().get(`${app.origin}${path}`);

      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe-eval');
    });

    it('demand https from then on where people come by https, and nowhere else', async () => {
      const behindHttps = await TestApp.start({ PUBLIC_URL: 'https://scrobbler.example' });
      try {
        const { headers } = await behindHttps.browser().get('/auth/providers');
        expect(headers.get('strict-transport-security')).toBe('max-age=15552000');
        expect((await app.browser().get('/auth/providers')).headers.get('strict-transport-security')).toBeNull();
      } finally {
        await behindHttps.stop();
      }
    });
  });
});
