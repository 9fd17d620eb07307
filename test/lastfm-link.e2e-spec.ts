import { type SealingContext } from '../src/common/crypto/sealed-column.js';
import { SecretBox } from '../src/common/crypto/secret-box.js';
import type { TestUser } from './factories/factory.js';
import { everythingStored } from './support/everything-stored.js';
import { Handshake } from './support/handshake.js';
import { sessionKeyOf } from './support/session-key-of.js';
import { TestApp } from './support/test-app.js';

const UNAVAILABLE = '/lastfm?error=lastfm_unavailable';

describe('/lfm/auth', () => {
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

  const account = async (user: TestUser) => (await app.as(user).get('/lfm/me')).body;
  const exchanges = () => app.lastfm.calls.filter(({ method }) => method === 'auth.getsession').length;

  it('sends the browser to Last.fm with our key and a way back, good for 60 minutes', async () => {
    const user = await app.create.user();

    const { url, state, expiresAt } = await Handshake.start(app, user);

    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe(app.lastfm.authUrl);
    expect(searchParams.get('api_key')).toBe('a'.repeat(32));
    expect(searchParams.get('cb')).toBe(`${app.publicOrigin}/api/lfm/auth/callback?state=${state}`);
    expect(expiresAt).toBe('2026-01-15T13:00:00.000Z');
  });

  it('links the account that said yes, and shows its public face', async () => {
    const user = await app.create.user();
    const handshake = await Handshake.start(app, user);

    const page = await handshake.comeBack(user.browser, await handshake.allow('Ada_L'));

    expect(page).toBe('/lastfm?linked=1');
    await app.doJobs();
    expect(await account(user)).toEqual({
      username: 'Ada_L',
      state: 'linked',
      scrobblingEnabled: true,
      linkedAt: '2026-01-15T12:00:00.000Z',
      queued: 0,
      held: 0,
      profileUrl: `${app.lastfm.origin}/user/Ada_L`,
      imageUrl: null,
      profileChecks: false,
      retriesVoice: false,
      profileCheckedAt: null,
    });
  });

  it('links without a picture when Last.fm does not describe the user', async () => {
    const user = await app.create.user();
    app.lastfm.faults.always({ kind: 'html', status: 503 }, { method: 'user.getInfo' });

    await app.create.link(user, 'ada');
    await app.doJobs();

    expect(await account(user)).toMatchObject({ username: 'ada', state: 'linked', profileUrl: null, imageUrl: null });
  });

  it('sends the browser back without waiting for the picture', async () => {
    await app.create.linkedUser();
    expect(app.lastfm.calls.map(({ method }) => method)).toEqual(['auth.getsession']);

    await app.doJobs();
    expect(app.lastfm.calls.map(({ method }) => method)).toEqual(['auth.getsession', 'user.getinfo']);
  });

  it.each([
    { method: 'auth.getSession', code: 10 },
    { method: 'auth.getSession', code: 13 },
    { method: 'auth.getSession', code: 26 },
    { method: 'auth.getSession', code: 29 },
    { method: 'user.getInfo', code: 26 },
    { method: 'user.getInfo', code: 29 },
  ])('stops all traffic when $method meets error $code, and says so', async ({ method, code }) => {
    const user = await app.create.linkedUser();
    await app.as(user).post('/scrobbles', { artist: 'Low', title: 'Words' });
    app.lastfm.faults.next({ kind: 'error', code }, { method });
    if (code === 13) {
      app.lastfm.faults.next({ kind: 'error', code }, { method: 'auth.getToken' }); // Nor is another signed call taken.
    }
    await app.create.link(await app.create.user(), 'another');
    await app.doJobs();
    await app.deliver();

    expect(app.lastfm.scrobblesOf(user.lastfmUsername)).toEqual([]);
    expect((await app.browser().get('/installation')).body.lastfm.halt).toMatchObject({
      reason: expect.stringContaining(`Last.fm error ${code}`),
    });
    app.clock.advance({ minutes: 10 });
    await app.deliver();
    expect(app.lastfm.scrobblesOf(user.lastfmUsername)).toHaveLength(1);
    expect((await app.browser().get('/health/ready')).status).toBe(200);
  });

  it('is for a signed-in user, or a token that may write', async () => {
    const user = await app.create.user();
    const { body } = await user.browser.post('/me/tokens', { name: 'Reader', scopes: ['read'] });

    expect((await app.browser().get('/lfm/auth/start')).status).toBe(401);
    expect((await app.as({ token: body.token }).get('/lfm/auth/start')).body).toMatchObject({ code: 'missing_scope' });
    expect((await app.as(user).get('/lfm/auth/start')).status).toBe(200);
  });

  describe('is used once:', () => {
    it('a second return with the same address links nothing and asks Last.fm nothing', async () => {
      const user = await app.create.user();
      const handshake = await Handshake.start(app, user);
      const token = await handshake.allow('ada');
      await handshake.comeBack(user.browser, token);

      expect(await handshake.comeBack(user.browser, token)).toBe('/lastfm?error=lastfm_handshake_used');
      expect(await handshake.comeBack(app.browser(), await handshake.allow('eve'))).toBe(
        '/lastfm?error=lastfm_handshake_used',
      );
      expect(exchanges()).toBe(1);
      expect(await account(user)).toMatchObject({ username: 'ada' });
    });

    it('of two returns at the same time one links', async () => {
      const user = await app.create.user();
      const handshake = await Handshake.start(app, user);
      const token = await handshake.allow('ada');

      const pages = await Promise.all([1, 2].map(() => handshake.comeBack(user.browser, token)));

      expect(pages.sort()).toEqual(['/lastfm?error=lastfm_handshake_used', '/lastfm?linked=1']);
      expect(exchanges()).toBe(1);
    });

    it('each of two handshakes started side by side is good by itself', async () => {
      const user = await app.create.user();
      const [first, second] = [await Handshake.start(app, user), await Handshake.start(app, user)];

      expect(await second.comeBack(user.browser, await second.allow('ada'))).toBe('/lastfm?linked=1');
      expect(await first.comeBack(user.browser, await first.allow('ada'))).toBe('/lastfm?linked=1');
    });
  });

  it.each(['nobody-started-this', '', "'; drop table lastfm_handshake; --"])(
    'knows nothing of the state "%s"',
    async (state) => {
      const user = await app.create.user();
      const handshake = await Handshake.start(app, user);

      const page = await handshake.comeBack(user.browser, await handshake.allow('ada'), state);

      expect(page).toBe('/lastfm?error=lastfm_handshake_unknown');
      expect(exchanges()).toBe(0);
    },
  );

  it('is over after 60 minutes', async () => {
    const user = await app.create.user();
    const [early, late] = [await Handshake.start(app, user), await Handshake.start(app, user)];
    app.clock.advance({ minutes: 59, seconds: 59 });
    expect(await early.comeBack(user.browser, await early.allow('ada'))).toBe('/lastfm?linked=1');

    app.clock.advance({ seconds: 1 });

    expect(await late.comeBack(user.browser, await late.allow('ada'))).toBe('/lastfm?error=lastfm_handshake_expired');
    await app.sql(`select graphile_worker.add_job('credentials.purge')`);
    app.clock.advance({ seconds: 1 });
    await app.doJobs();
    expect(await app.sql('select id from lastfm_handshake')).toEqual([]);
  });

  describe('without access', () => {
    it('says so when Last.fm sends no token, and the person may think again', async () => {
      const user = await app.create.user();
      const handshake = await Handshake.start(app, user);

      expect(await handshake.comeBack(user.browser, '')).toBe('/lastfm?error=lastfm_access_denied');
      expect((await app.as(user).get('/lfm/me')).status).toBe(404);
      expect(await handshake.comeBack(user.browser, await handshake.allow('ada'))).toBe('/lastfm?linked=1');
    });

    it('refuses a made-up token, and stays good for the real one', async () => {
      const user = await app.create.user();
      const handshake = await Handshake.start(app, user);

      expect(await handshake.comeBack(user.browser, 'f'.repeat(32))).toBe('/lastfm?error=lastfm_access_denied');
      expect(await handshake.comeBack(user.browser, await handshake.allow('ada'))).toBe('/lastfm?linked=1');
    });
  });

  describe('when Last.fm does not answer properly', () => {
    it.each([
      { how: 'an HTML page with 503', fault: { kind: 'html', status: 503 } as const },
      { how: 'error 8', fault: { kind: 'error', code: 8 } as const },
      { how: 'error 11', fault: { kind: 'error', code: 11 } as const },
      { how: 'error 16', fault: { kind: 'error', code: 16 } as const },
      { how: 'error 29', fault: { kind: 'error', code: 29, status: 429 } as const },
      { how: 'half a document', fault: { kind: 'truncated-json', accepting: false } as const },
      { how: 'a cut connection', fault: { kind: 'cut' } as const },
      { how: 'no connection', fault: { kind: 'drop' } as const },
    ])('but with $how, nothing is linked and the same address works a moment later', async ({ fault }) => {
      const user = await app.create.user();
      const handshake = await Handshake.start(app, user);
      const token = await handshake.allow('ada');
      app.lastfm.faults.next(fault, { method: 'auth.getSession' });

      expect(await handshake.comeBack(user.browser, token)).toBe(UNAVAILABLE);
      expect((await app.as(user).get('/lfm/me')).status).toBe(404);

      app.clock.advance({ minutes: 2 });
      expect(await handshake.comeBack(user.browser, token)).toBe('/lastfm?linked=1');
    });

    it('or all traffic is halted, the handshake waits', async () => {
      const user = await app.create.user();
      const handshake = await Handshake.start(app, user);
      const token = await handshake.allow('ada');
      await app.sql(`update lastfm_call_budget set halted_until = $1`, [new Date('2026-01-15T12:10:00Z')]);

      expect(await handshake.comeBack(user.browser, token)).toBe(UNAVAILABLE);
      expect(exchanges()).toBe(0);

      app.clock.advance({ minutes: 10 });
      expect(await handshake.comeBack(user.browser, token)).toBe('/lastfm?linked=1');
    });
  });

  it('keeps session keys sealed, and no answer of ours holds one or its seal', async () => {
    const user = await app.create.linkedUser();
    const waiting = await Handshake.start(app, await app.create.user());
    const browser = app.browser();
    await waiting.comeBack(browser, await waiting.allow('grace'));

    const sealed = await app.sql<{ secret: string; context: SealingContext }>(
      `select session_key as secret, 'lastfm-account:' || user_id as context from lastfm_account
        union all select session_key, 'lastfm-handshake:' || id from lastfm_handshake where session_key is not null`,
    );
    const keys = sealed.map(({ secret, context }) => app.get(SecretBox).open(secret, context));
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);

    const stored = await everythingStored(app);
    const answers = [
      await app.as(user).get('/lfm/me'),
      await app.as(user).put('/lfm/me/toggle'),
      await browser.get(`/lfm/auth/pending?state=${waiting.state}`),
      await browser.post('/lfm/auth/confirm', { state: waiting.state }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    for (const key of keys) {
      expect(stored).not.toContain(key);
    }
    for (const secret of [...keys, ...sealed.map(({ secret }) => secret)]) {
      expect(answers.map(({ text }) => text).join()).not.toContain(secret);
    }
  });

  it("does not open a key that was copied into another user's row", async () => {
    const [ada, eve] = [await app.create.linkedUser(), await app.create.linkedUser()];

    await app.sql(
      `update lastfm_account set session_key = (select session_key from lastfm_account where user_id = $1)
        where user_id = $2`,
      [ada.id, eve.id],
    );

    await expect(sessionKeyOf(app, eve)).rejects.toThrow('unable to authenticate');
  });
});
