import type { TestUser } from './factories/factory.js';
import { everythingStored } from './support/everything-stored.js';
import { PlatformHosts } from './support/platform-hosts.js';
import { comeBack } from './support/sign-in-trip.js';
import { TestApp } from './support/test-app.js';

const TOKEN_CALL = '/api/token';

describe('/platforms', () => {
  let app: TestApp;
  let hosts: PlatformHosts;
  let user: TestUser;
  let tests = 0;

  beforeAll(async () => {
    hosts = await PlatformHosts.start(() => app.clock.now());
    app = await TestApp.start(hosts.environment);
  });

  beforeEach(async () => {
    // Each at minutes of its own: a pause that Spotify asked for is over.
    tests += 1;
    app.clock.advance({ minutes: 2 * tests });
    user = await app.create.user();
  });

  afterEach(async () => {
    await app.reset();
    hosts.reset();
  });

  afterAll(async () => {
    await app.stop();
    await hosts.stop();
  });

  const spotify = async () => (await app.as(user).get('/platforms')).body.items[0];
  const playlists = () => app.as(user).get('/platforms/spotify/playlists');
  const tokenCalls = () => hosts.spotify.calls.filter(({ url }) => url === TOKEN_CALL).length;
  const notifications = async () =>
    (await app.as(user).get('/notifications')).body.items.map(({ kind }: { kind: string }) => kind);

  it('connects a Spotify account, lists what may be read there, and forgets it again', async () => {
    expect((await user.browser.get('/platforms')).body).toMatchObject({
      total: 2,
      items: [
        { platform: 'spotify', state: 'not_connected', account: null, hint: expect.stringContaining('Connect') },
        { platform: 'deezer', state: 'ready', hint: null },
      ],
    });
    expect((await playlists()).body.code).toBe('spotify_not_connected');

    expect(await hosts.connect(app, user, 'ada', 'import')).toBe('/playlists/import?linked=spotify');

    expect(await spotify()).toMatchObject({
      state: 'connected',
      account: { name: 'ada', connectedAt: '2026-01-15T12:02:00.000Z', endsAt: '2026-07-15T12:02:00.000Z' },
    });
    const { body } = await playlists();
    expect(body).toMatchObject({ total: 13, onlyFollowed: 1 });
    expect(body.items).toContainEqual({
      ...{ id: '5htE97xLVu4akvNcmhLien', title: 'murga', description: null, trackCount: 641, isCollaborative: true },
      url: 'https://open.spotify.com/playlist/5htE97xLVu4akvNcmhLien',
    });
    expect((await user.browser.delete('/platforms/spotify')).status).toBe(204);
    expect(await spotify()).toMatchObject({ state: 'not_connected', account: null });
  });

  it('keeps no token in the clear, and connects once more over what there is', async () => {
    await hosts.connect(app, user, 'ada');
    await hosts.connect(app, user, 'grace');

    expect(await spotify()).toMatchObject({ state: 'connected', account: { name: 'grace' } });
    const stored = await everythingStored(app);
    expect(stored).toContain('grace');
    // The stand-in's tokens begin with a brace, in base64url.
    expect(stored).not.toMatch(/eyJ1c2VySWQ/);
  });

  it('says on the page what went wrong: cancelled, of someone else, a code that is none', async () => {
    const departure = async () => (await user.browser.get('/platforms/spotify/connect')).headers.get('location') ?? '';
    const back = (address: string, browser = user.browser) => comeBack(app, browser, address);
    const cancelled = new URL('http://127.0.0.1:3000/api/platforms/spotify/callback?error=access_denied');
    cancelled.searchParams.set('state', new URL(await departure()).searchParams.get('state') ?? '');
    expect(await back(cancelled.href)).toBe('/settings/spotify?error=spotify_connect_cancelled');

    const approved = await hosts.spotify.approve(await departure(), 'ada');
    const stranger = await app.create.user();
    expect(await back(approved, stranger.browser)).toBe('/settings/spotify?error=spotify_connect_foreign');
    const forged = new URL(await hosts.spotify.approve(await departure(), 'ada'));
    forged.searchParams.set('code', 'a-code-that-is-none');
    expect(await back(forged.href)).toBe('/settings/spotify?error=spotify_connect_refused');
    expect(await back(approved)).toBe('/settings/spotify?error=spotify_connect_foreign');
    expect(await spotify()).toMatchObject({ state: 'not_connected' });
  });

  it('words what Spotify refuses: an account that the operator has not named, and too many calls', async () => {
    hosts.spotify.faults.next({ kind: 'answer', status: 403, body: 'User not registered' }, '/v1/me');
    expect(await hosts.connect(app, user)).toBe('/settings/spotify?error=spotify_refused');
    await hosts.connect(app, user);

    hosts.spotify.faults.next({ kind: 'answer', status: 429, body: '', headers: { 'retry-after': '90' } }, '/v1');
    expect((await playlists()).body).toMatchObject({ status: 503, code: 'platform_busy' });
    const { length } = hosts.spotify.calls;
    expect((await playlists()).body.code).toBe('platform_busy');
    expect(hosts.spotify.calls).toHaveLength(length);
    app.clock.advance({ seconds: 90 });
    expect((await playlists()).status).toBe(200);
  });

  it('renews access when its hour is over, once for all who ask at the same moment', async () => {
    await hosts.connect(app, user);
    app.clock.advance({ hours: 1 });
    const before = tokenCalls();

    const answers = await Promise.all([playlists(), playlists(), playlists()]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(tokenCalls()).toBe(before + 1);
    app.clock.advance({ hours: 1 });
    expect((await playlists()).status).toBe(200);
  });

  it('renews access that Spotify no longer takes, and keeps the connection while Spotify is silent', async () => {
    await hosts.connect(app, user);
    hosts.spotify.faults.next({ kind: 'answer', status: 401, body: '' }, '/v1/me/playlists');
    expect((await playlists()).status).toBe(200);

    app.clock.advance({ hours: 1 });
    hosts.spotify.faults.next({ kind: 'drop' }, TOKEN_CALL);
    expect((await playlists()).body.code).toBe('platform_unavailable');
    expect((await playlists()).status).toBe(200);
  });

  it('warns two weeks before Spotify ends the connection, once, and says when it has ended', async () => {
    await hosts.connect(app, user);
    const warn = async () => {
      await app.sql(`select graphile_worker.add_job('platform-accounts.warn', '{}'::json)`);
      await app.doJobs();
    };
    await warn();
    expect(await notifications()).toEqual([]);

    app.clock.set('2026-07-02T12:00:00Z');
    await warn();
    await warn();
    expect(await notifications()).toEqual(['spotify-ending']);
    app.clock.set('2026-07-15T13:00:00Z');
    expect((await playlists()).body.code).toBe('spotify_expired');
    expect(await notifications()).toEqual(['spotify-ended', 'spotify-ending']);
    expect(await spotify()).toMatchObject({ state: 'expired', hint: expect.stringContaining('again') });

    const before = hosts.spotify.calls.length;
    expect((await playlists()).body.code).toBe('spotify_expired');
    expect(hosts.spotify.calls).toHaveLength(before);
    await user.browser.post('/auth/login', { email: user.email, password: user.password });
    await hosts.connect(app, user);
    expect(await spotify()).toMatchObject({ state: 'connected', account: { endsAt: '2027-01-15T13:00:00.000Z' } });
  });
});
