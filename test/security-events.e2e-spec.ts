import { everythingStored } from './support/everything-stored.js';
import { TestApp } from './support/test-app.js';

describe('GET /me/security-events', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ TRUSTED_PROXIES: '127.0.0.1' });
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  it('tells a user what happened to their account, newest first, with the network and the device', async () => {
    const user = await app.create.linkedUser();
    await app.browser().post('/auth/login', { email: user.email, password: 'a wrong password' });
    const { body: tokens } = await user.browser.get('/me/tokens');
    await user.browser.delete(`/me/tokens/${tokens.items[0].id as string}`);
    await user.browser.delete('/lfm/me');
    await user.browser.delete('/me/logins');
    const other = app.browser().with({ 'x-forwarded-for': '203.0.113.9', 'user-agent': 'curl/8.5.0' });
    await other.post('/auth/login', { email: user.email, password: user.password });
    await other.post('/auth/logout');

    const { status, body } = await user.browser.get('/me/security-events');

    expect(status).toBe(200);
    const here = {
      id: expect.any(String),
      occurredAt: '2026-01-15T12:00:00.000Z',
      network: '127.0.0.0/24',
      device: 'node',
    };
    const elsewhere = { ...here, network: '203.0.113.0/24', device: 'curl' };
    expect(body).toEqual({
      items: [
        { ...elsewhere, action: 'logout', details: {} },
        { ...elsewhere, action: 'login.succeeded', details: { method: 'password' } },
        { ...here, action: 'logins.ended', details: { count: '0' } },
        { ...here, action: 'lastfm.disconnected', details: { username: user.lastfmUsername } },
        { ...here, action: 'token.revoked', details: { name: 'test' } },
        { ...here, action: 'login.failed', details: {} },
        { ...here, action: 'lastfm.linked', details: { username: user.lastfmUsername } },
        { ...here, action: 'token.created', details: { name: 'test' } },
        { ...here, action: 'login.succeeded', details: { method: 'password' } },
        { ...here, action: 'user.registered', details: { method: 'password' } },
      ],
      total: 10,
    });
  });

  it('shows nobody the events of others, and a token none', async () => {
    const [user, other] = [await app.create.user(), await app.create.user()];

    expect((await user.browser.get('/me/security-events')).body.total).toBe(3);
    expect((await other.browser.get('/me/security-events?limit=1')).body).toMatchObject({
      items: [{ action: 'token.created' }],
      total: 3,
    });
    expect((await app.as(user).get('/me/security-events')).body).toMatchObject({ code: 'login_required' });
  });

  it('notes a failed sign-in of an unknown address without the address', async () => {
    await app.browser().post('/auth/login', { email: 'nobody@example.org', password: 'whatever it is' });

    expect(await app.sql('select user_id, action, details from audit_entry')).toEqual([
      { user_id: null, action: 'login.failed', details: {} },
    ]);
    expect(await everythingStored(app)).not.toContain('nobody@example.org');
  });

  it('keeps of a deleted user only that and when something happened', async () => {
    const user = await app.create.linkedUser();
    await user.browser.delete('/me');

    const rows = await app.sql('select distinct user_id, network, device, details from audit_entry');
    expect(rows).toEqual([{ user_id: null, network: null, device: null, details: {} }]);
    expect(await app.sql('select action from audit_entry order by action')).toEqual(
      ['lastfm.linked', 'login.succeeded', 'token.created', 'user.deleted', 'user.registered'].map((action) => ({
        action,
      })),
    );
  });

  it('forgets after a year', async () => {
    const user = await app.create.user();
    app.clock.advance({ days: 365 });
    await user.browser.post('/auth/login', { email: user.email, password: user.password });
    app.clock.advance({ hours: 1 });

    await app.sql(`select graphile_worker.add_job('audit.purge')`);
    await app.doJobs();

    expect(await app.sql('select action from audit_entry')).toEqual([{ action: 'login.succeeded' }]);
  });
});
