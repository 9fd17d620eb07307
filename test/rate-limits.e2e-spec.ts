import { TestApp } from './support/test-app.js';
import type { TestClient, TestResponse } from './support/test-client.js';

const LIMITS = { RATE_LIMIT_ADDRESS: '60', RATE_LIMIT_SIGN_IN: '5', RATE_LIMIT_USER: '40' };

describe('how often anyone may call', () => {
  let app: TestApp;
  let replica: TestApp;
  let addresses = 0;

  beforeAll(async () => {
    app = await TestApp.start({ ...LIMITS, TRUSTED_PROXIES: 'loopback' });
    replica = await app.startReplica();
  });

  beforeEach(() => {
    app.clock.advance({ minutes: 2 });
  });

  afterAll(async () => {
    await replica.stop();
    await app.stop();
  });

  const newAddress = (): { 'x-forwarded-for': string } => {
    addresses += 1;
    return { 'x-forwarded-for': `203.0.113.${addresses}` };
  };
  const guess = (browser: TestClient): Promise<TestResponse> =>
    browser.post('/auth/login', { email: 'ada@example.org', password: 'not the password' });
  const many = async (count: number, call: (index: number) => Promise<TestResponse>): Promise<TestResponse[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => call(index)));
  const statuses = (responses: TestResponse[]): Record<number, number> =>
    responses.reduce<Record<number, number>>((all, { status }) => ({ ...all, [status]: (all[status] ?? 0) + 1 }), {});

  it('lets an address try to sign in five times a minute, then says when to come back', async () => {
    const browser = app.browser().with(newAddress());
    expect(statuses(await many(5, () => guess(browser)))).toEqual({ 401: 5 });
    app.clock.advance({ seconds: 18 });

    const { status, headers, body } = await guess(browser);

    expect(status).toBe(429);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({ code: 'rate_limited', detail: 'Too many requests. Try again in 42 seconds.' });
    expect(headers.get('retry-after')).toBe('42');
    expect(headers.get('ratelimit-policy')).toBe('"address";q=60;w=60, "sign-in";q=5;w=60');
    expect(headers.get('ratelimit')).toMatch(/^"address";r=\d+;t=42, "sign-in";r=0;t=42$/);
    app.clock.advance({ seconds: 42 });
    expect((await guess(browser)).status).toBe(401);
  });

  it.each([
    { method: 'POST', path: '/auth/register' },
    { method: 'GET', path: '/lfm/auth/start' },
    { method: 'GET', path: '/lfm/auth/callback?state=a&token=b' },
    { method: 'POST', path: '/lfm/auth/confirm' },
  ])('counts $method $path among the attempts to get in', async ({ method, path }) => {
    const browser = app.browser().with(newAddress());
    await many(5, () => guess(browser));

    expect((await browser.request(method, path)).status).toBe(429);
    expect((await browser.get('/auth/providers')).status).toBe(200);
    expect((await browser.post('/auth/logout')).status).toBe(204);
  });

  it('counts an address at all replicas together, and never lets more through than the limit', async () => {
    const address = newAddress();
    const clients = [app, replica].map((one) => one.browser().with(address));

    const answers = await many(30, (index) => guess(clients[index % 2]!));

    expect(statuses(answers)).toEqual({ 401: 5, 429: 25 });
  });

  it('shares a wide limit in blocks: no request too many, and at most a block too few for each other replica', async () => {
    const address = newAddress();
    const clients = [app, replica].map((one) => one.browser().with(address));

    const answers = await many(200, (index) => clients[index % 2]!.get('/auth/providers'));

    const allowed = statuses(answers)[200]!;
    expect(allowed).toBeLessThanOrEqual(60);
    expect(allowed).toBeGreaterThanOrEqual(57);
  });

  it('counts a user whatever address they come from', async () => {
    const { token } = await app.create.user();
    app.clock.advance({ minutes: 1 });

    const answers = await many(50, () =>
      app
        .browser()
        .with({ ...newAddress(), authorization: `Bearer ${token}` })
        .get('/me'),
    );

    expect(statuses(answers)).toEqual({ 200: 40, 429: 10 });
    const { headers } = answers.find(({ status }) => status === 429)!;
    expect(headers.get('ratelimit')).toContain('"user";r=0');
  });

  it('counts guesses at a token by their address', async () => {
    const address = newAddress();
    const answers = await many(70, (index) =>
      app
        .browser()
        .with({ ...address, authorization: `Bearer usc_${index}` })
        .get('/me'),
    );

    expect(statuses(answers)).toEqual({ 401: 60, 429: 10 });
  });

  it('never refuses to say how the process is', async () => {
    const browser = app.browser().with(newAddress());
    await many(70, () => browser.get('/auth/providers'));

    const { status, headers } = await browser.get('/health/live');

    expect([status, headers.get('ratelimit')]).toEqual([200, null]);
  });

  it('does not believe X-Forwarded-For unless a proxy is named', async () => {
    const open = await TestApp.start(LIMITS);
    try {
      const answers = await many(6, () => guess(open.browser().with(newAddress())));

      expect(statuses(answers)).toEqual({ 401: 5, 429: 1 });
    } finally {
      await open.stop();
    }
  });

  it('takes the addresses of one IPv6 network for one caller', async () => {
    const answers = await many(6, (index) =>
      guess(app.browser().with({ 'x-forwarded-for': `2001:db8:1:2::${index + 1}` })),
    );

    expect(statuses(answers)).toEqual({ 401: 5, 429: 1 });
  });

  it('limits each replica by itself while the database is away', async () => {
    const own = await TestApp.start({ ...LIMITS, TRUSTED_PROXIES: 'loopback' });
    try {
      await own.withoutDatabase(async () => {
        const browser = own.browser().with(newAddress());
        expect(statuses(await many(70, () => browser.get('/auth/providers')))).toEqual({ 200: 60, 429: 10 });
      });
    } finally {
      await own.stop();
    }
  });

  it('keeps no address, and forgets what it counted after ten minutes', async () => {
    await guess(app.browser().with({ 'x-forwarded-for': '198.51.100.77' }));
    const [{ rows, text }] = (await app.sql<{ rows: number; text: string }>(
      'select count(*)::int as rows, string_agg(w::text, $1) as text from rate_limit_window w',
      [' '],
    )) as [{ rows: number; text: string }];
    expect(rows).toBeGreaterThan(1);
    expect(text).not.toContain('198.51.100.77');
    app.clock.advance({ minutes: 12 });

    await app.sql(`select graphile_worker.add_job('rate-limits.purge')`);
    await app.doJobs();

    expect(await app.sql('select key from rate_limit_window')).toEqual([]);
  });
});
