import { CallBudget } from '../src/modules/lastfm/index.js';
import { TestApp } from './support/test-app.js';

const REFUSED = { until: new Date('2026-01-15T12:10:00Z'), reason: 'Last.fm refuses our API key', needsOperator: true };

describe('what an operator asks', () => {
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

  it('/health/live says that the process answers', async () => {
    const { status, body, headers } = await app.browser().get('/health/live');

    expect(status).toBe(200);
    expect(body).toEqual({ status: 'ok', details: {} });
    expect(headers.get('cache-control')).toContain('no-store');
  });

  it('/health/ready says that the database answers and Last.fm takes our calls', async () => {
    const { status, body } = await app.browser().get('/health/ready');

    expect(status).toBe(200);
    expect(body).toEqual({ status: 'ok', details: { database: { status: 'up' }, lastfm: { status: 'up' } } });
  });

  it('/health/ready says why nothing is sent to Last.fm, and until when', async () => {
    await app.get(CallBudget).halt(REFUSED);

    const { status, body } = await app.browser().get('/health/ready');

    expect(status).toBe(503);
    expect(body).toMatchObject({
      code: 'not_ready',
      errors: [
        { path: 'lastfm', message: 'Nothing is sent until 2026-01-15T12:10:00.000Z: Last.fm refuses our API key' },
      ],
    });
    expect((await app.browser().get('/health/live')).status).toBe(200);
    app.clock.advance({ minutes: 10 });
    expect((await app.browser().get('/health/ready')).status).toBe(200);
  });

  it('/health/ready is down while the database is gone, tells no secret, and is up again with it', async () => {
    const own = await TestApp.start();
    try {
      await own.withoutDatabase(async () => {
        const { status, body, headers } = await own.browser().get('/health/ready');

        expect(status).toBe(503);
        expect(headers.get('content-type')).toContain('application/problem+json');
        expect(body).toMatchObject({ code: 'not_ready', errors: expect.arrayContaining([expect.anything()]) });
        expect(JSON.stringify(body)).not.toContain('postgres://');
        expect((await own.browser().get('/health/live')).status).toBe(200);
        const { body: problem } = await own.browser().post('/auth/login', { email: 'a@example.org', password: 'x' });
        expect(problem).toMatchObject({ status: 500, code: 'internal_error', requestId: expect.any(String) });
        expect(problem.detail).not.toMatch(/sql|database|connect/i);
      });
      expect((await own.browser().get('/health/ready')).status).toBe(200);
    } finally {
      await own.stop();
    }
  });

  it('/installation says which Last.fm it talks to', async () => {
    const { status, body } = await app.browser().get('/installation');

    expect(status).toBe(200);
    expect(body).toEqual({ lastfm: { isSandbox: false, origin: app.lastfm.origin, halt: null } });
  });

  it('/installation says to everyone that nothing is sent, until when, and why', async () => {
    await app.get(CallBudget).halt(REFUSED);

    expect((await app.browser().get('/installation')).body.lastfm.halt).toEqual({
      until: '2026-01-15T12:10:00.000Z',
      reason: 'Last.fm refuses our API key',
    });
    app.clock.advance({ minutes: 10 });
    expect((await app.browser().get('/installation')).body.lastfm.halt).toBeNull();
  });

  it('the description of the API is there to read', async () => {
    const page = await app.browser().get('/docs');
    const json = await app.browser().get('/docs-json');

    expect([page.status, json.status]).toEqual([200, 200]);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(Object.keys(json.body.paths)).toContain('/api/me');
  });
});
