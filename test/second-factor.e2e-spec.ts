import { SecretBox } from '../src/common/crypto/secret-box.js';
import { SEALED_SECOND_FACTOR } from '../src/modules/auth/second-factor/second-factor.entity.js';
import { SecondFactors } from '../src/modules/auth/index.js';
import type { UserId } from '../src/common/ids.js';
import { Authenticator, codeOf } from './support/authenticator.js';
import { everythingStored } from './support/everything-stored.js';
import { TestApp } from './support/test-app.js';
import type { TestClient } from './support/test-client.js';
import type { TestUser } from './factories/factory.js';

describe('the second factor', () => {
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

  const withPassword = async ({ email, password }: TestUser, browser: TestClient = app.browser()) => {
    const answer = await browser.post('/auth/login', { email, password });
    return { browser, answer };
  };
  const withCode = (browser: TestClient, code: string) => browser.post('/auth/login/second-factor', { code });
  const eventsOf = async ({ browser }: Pick<TestUser, 'browser'>): Promise<string[]> => {
    const { body } = await browser.get('/me/security-events?limit=50');
    return (body.items as Array<{ action: string }>).map(({ action }) => action);
  };

  describe('setting it up', () => {
    it('tells the secret once, seals it, and counts once a code has confirmed it', async () => {
      const user = await app.create.user();

      const begun = await user.browser.post('/me/second-factor', { currentPassword: user.password });

      expect(begun.status).toBe(201);
      expect(begun.body).toEqual({
        secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
        address: expect.stringMatching(/^otpauth:\/\/totp\/Universal%20Scrobbler:/),
      });
      expect((await withPassword(user)).answer.body).toMatchObject({ secondFactor: false, user: { id: user.id } });
      expect((await user.browser.get('/me/second-factor')).body).toEqual({
        isOn: false,
        enabledAt: null,
        recoveryCodesLeft: 0,
        isRequired: false,
      });

      const code = codeOf(begun.body.secret, app.clock.now());
      const confirmed = await user.browser.post('/me/second-factor/confirm', { code });

      expect(confirmed.status).toBe(200);
      expect(new Set(confirmed.body.recoveryCodes).size).toBe(10);
      expect((await user.browser.get('/me/second-factor')).body).toMatchObject({ isOn: true, recoveryCodesLeft: 10 });
      expect(await eventsOf(user)).toContain('second-factor.enabled');
      const stored = await everythingStored(app);
      for (const secret of [begun.body.secret, ...confirmed.body.recoveryCodes] as string[]) {
        expect(stored).not.toContain(secret);
        expect(stored).not.toContain(secret.replaceAll('-', ''));
      }
      const [row] = await app.sql<{ secret: string }>('select secret from second_factor');
      const context = SEALED_SECOND_FACTOR.contextOf(user.id);
      expect(app.get(SecretBox).open(row!.secret, context)).toBe(begun.body.secret);
    });

    it('signs every other browser out, and a sign-in that began before does not slip past it', async () => {
      const user = await app.create.user();
      const { browser: other } = await withPassword(user);
      const { body: begun } = await user.browser.post('/me/second-factor', { currentPassword: user.password });
      const confirm = { code: codeOf(begun.secret, app.clock.now()) };

      const [{ browser, answer }, confirmed] = await Promise.all([
        withPassword(user),
        user.browser.post('/me/second-factor/confirm', confirm),
      ]);

      expect([answer.status, confirmed.status]).toEqual([200, 200]);
      expect([(await other.get('/me')).status, (await browser.get('/me')).status]).toEqual([401, 401]);
      expect((await user.browser.get('/me')).status).toBe(200);
    });

    it('wants the password, so that a browser left open is not enough to lock its user out', async () => {
      const user = await app.create.user();

      for (const body of [{}, { currentPassword: 'not this one' }]) {
        expect((await user.browser.post('/me/second-factor', body)).body).toMatchObject({ code: 'wrong_password' });
      }
      expect((await app.as(user).post('/me/second-factor', {})).body).toMatchObject({ code: 'login_required' });
    });

    it('wants a fresh sign-in of someone who has no password', async () => {
      const user = await app.create.user();
      await app.sql(`delete from identity where user_id = $1 and kind = 'password'`, [user.id]);
      app.clock.advance({ minutes: 10 });

      expect((await user.browser.post('/me/second-factor', {})).body).toMatchObject({
        status: 403,
        code: 'fresh_login_required',
      });
      await app.sql('update login_session set created_at = $1', [app.clock.now()]);
      expect((await user.browser.post('/me/second-factor', {})).status).toBe(201);
    });

    it('refuses a wrong code, confirming what was not begun, and beginning again once it is on', async () => {
      const user = await app.create.user();
      const confirm = (code: string) => user.browser.post('/me/second-factor/confirm', { code });
      expect((await confirm('123456')).body).toMatchObject({ status: 409, code: 'second_factor_off' });
      const begin = () => user.browser.post('/me/second-factor', { currentPassword: user.password });
      const [{ body: first }, { body: second }] = [await begin(), await begin()];

      expect((await confirm(codeOf(first.secret, app.clock.now()))).body).toMatchObject({ code: 'wrong_code' });
      const answers = await Promise.all([1, 2].map(() => confirm(codeOf(second.secret, app.clock.now()))));

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect((await begin()).body).toMatchObject({ status: 409, code: 'second_factor_on' });
    });
  });

  describe('signing in', () => {
    it('wants a code after the password, and opens nothing before', async () => {
      const user = await app.create.user();
      const authenticator = await Authenticator.setUp(app, user);

      const { browser, answer } = await withPassword(user);

      expect(answer.body).toEqual({ secondFactor: true, user: null });
      expect(answer.headers.getSetCookie()).toContainEqual(
        expect.stringMatching(/^second_factor=[\w-]{43}; Path=\/; Expires=.*12:10:30 GMT; HttpOnly; SameSite=Lax$/),
      );
      expect([browser.cookie('sid'), (await browser.get('/me')).status]).toEqual([undefined, 401]);
      browser.setCookie('sid', browser.cookie('second_factor')!);
      expect((await browser.get('/me')).status).toBe(401);

      const second = await withCode(browser, authenticator.code());

      expect(second.body).toMatchObject({ secondFactor: false, user: { id: user.id } });
      expect(browser.cookie('second_factor')).toBeUndefined();
      expect((await browser.get('/me')).status).toBe(200);
      expect((await eventsOf({ browser })).slice(0, 2)).toEqual(['login.succeeded', 'login.second-factor-wanted']);
    });

    it('takes a code once, also of two browsers at once, and none older than the last one', async () => {
      const user = await app.create.user();
      const authenticator = await Authenticator.setUp(app, user);
      const browsers = await Promise.all([1, 2, 3].map(async () => (await withPassword(user)).browser));

      const answers = await Promise.all(browsers.slice(0, 2).map((browser) => withCode(browser, authenticator.code())));

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
      expect((await withCode(browsers[2]!, authenticator.code(-1))).body).toMatchObject({ code: 'wrong_code' });
      expect((await withCode(browsers[2]!, authenticator.code(1))).status).toBe(200);
    });

    it('allows for a clock that is half a minute off, not more', async () => {
      const user = await app.create.user();
      const authenticator = await Authenticator.setUp(app, user);
      app.clock.advance({ minutes: 5 });
      const { browser } = await withPassword(user);

      for (const steps of [-2, 2]) {
        expect((await withCode(browser, authenticator.code(steps))).body).toMatchObject({ code: 'wrong_code' });
      }
      expect((await withCode(browser, authenticator.code(-1))).status).toBe(200);
    });

    it('ends after ten minutes, is for its browser alone and for one use', async () => {
      const user = await app.create.user();
      const authenticator = await Authenticator.setUp(app, user);
      const { browser } = await withPassword(user);
      const thief = app.browser().with({ 'user-agent': 'curl/8.5.0' });
      thief.setCookie('second_factor', browser.cookie('second_factor')!);
      const over = { status: 401, code: 'login_challenge_over' };

      expect((await withCode(thief, authenticator.code())).body).toMatchObject(over);
      expect((await withCode(app.browser(), authenticator.code())).body).toMatchObject(over);
      const token = browser.cookie('second_factor')!;
      expect((await withCode(browser, authenticator.code())).status).toBe(200);
      app.clock.advance({ seconds: 30 });
      browser.setCookie('second_factor', token);
      expect((await withCode(browser, authenticator.code())).body).toMatchObject(over);
      const late = (await withPassword(user)).browser;
      app.clock.advance({ minutes: 10 });
      expect((await withCode(late, authenticator.code())).body).toMatchObject(over);
      app.clock.advance({ seconds: 1 });
      await app.sql(`select graphile_worker.add_job('credentials.purge')`);
      await app.doJobs();
      expect(await app.sql('select id from login_challenge')).toEqual([]);
    });

    it('looks at no code of the app after five wrong ones, whichever address they come from, for longer each time', async () => {
      const user = await app.create.user();
      const authenticator = await Authenticator.setUp(app, user);
      const guess = async (code: string) => withCode((await withPassword(user)).browser, code);
      const guessFiveTimes = async () => {
        for (let attempt = 0; attempt < 5; attempt += 1) {
          expect((await guess(authenticator.wrongCode())).body).toMatchObject({ status: 422, code: 'wrong_code' });
        }
      };
      await guessFiveTimes();

      expect((await guess(authenticator.code())).body).toMatchObject({ status: 429, code: 'second_factor_blocked' });
      app.clock.advance({ minutes: 15 });
      await guessFiveTimes();
      app.clock.advance({ minutes: 15 });
      expect((await guess(authenticator.code())).body).toMatchObject({ code: 'second_factor_blocked' });
      const [recoveryCode = ''] = authenticator.recoveryCodes;
      expect((await guess(recoveryCode)).status).toBe(200);
      expect((await guess(authenticator.code())).status).toBe(200);

      const { body: news } = await user.browser.get('/notifications');
      expect(news.items.map(({ kind }: { kind: string }) => kind)).toEqual(Array(2).fill('second-factor-refused'));
      expect((await eventsOf(user)).filter((action) => action === 'second-factor.refused')).toHaveLength(10);
    });

    it('counts guesses that come at once', async () => {
      const user = await app.create.user();
      const authenticator = await Authenticator.setUp(app, user);
      const { browser } = await withPassword(user);

      const answers = await Promise.all(Array.from({ length: 8 }, () => withCode(browser, authenticator.wrongCode())));

      expect(answers.map(({ status }) => status).sort()).toEqual([422, 422, 422, 422, 422, 429, 429, 429]);
    });
  });

  describe('recovery codes', () => {
    it('work once each, however they are typed, and until there are new ones', async () => {
      const user = await app.create.user();
      const authenticator = await Authenticator.setUp(app, user);
      const [first = '', second = ''] = authenticator.recoveryCodes;
      const enter = async (code: string) => (await withCode((await withPassword(user)).browser, code)).status;

      expect(await enter(first.toUpperCase().replaceAll('-', ' '))).toBe(200);
      expect(await enter(first)).toBe(422);
      expect((await user.browser.get('/me/second-factor')).body).toMatchObject({ recoveryCodesLeft: 9 });
      const renewed = await user.browser.post('/me/second-factor/recovery-codes', { code: authenticator.code() });
      expect(renewed.body.recoveryCodes).toHaveLength(10);
      expect(await enter(second)).toBe(422);
      expect(await enter(renewed.body.recoveryCodes[0])).toBe(200);
      expect(await eventsOf(user)).toEqual(
        expect.arrayContaining(['second-factor.recovery-code-used', 'second-factor.recovery-codes-renewed']),
      );
    });

    it('are spent by one of two at once', async () => {
      const user = await app.create.user();
      const { recoveryCodes } = await Authenticator.setUp(app, user);
      const browsers = await Promise.all([1, 2].map(async () => (await withPassword(user)).browser));

      const answers = await Promise.all(browsers.map((browser) => withCode(browser, recoveryCodes[0]!)));

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    });
  });

  describe('switching it off', () => {
    it('wants a code, and then the password is enough', async () => {
      const user = await app.create.user();
      const authenticator = await Authenticator.setUp(app, user);
      const disable = (code: string) => user.browser.post('/me/second-factor/disable', { code });
      expect((await disable(authenticator.wrongCode())).body).toMatchObject({ status: 422, code: 'wrong_code' });
      const { browser: halfway } = await withPassword(user);

      expect((await disable(authenticator.code())).status).toBe(204);

      expect((await disable('123456')).body).toMatchObject({ status: 409, code: 'second_factor_off' });
      expect((await withPassword(user)).answer.body).toMatchObject({ secondFactor: false });
      expect((await withCode(halfway, authenticator.code(1))).body).toMatchObject({ code: 'login_challenge_over' });
      expect(await app.sql('select user_id from recovery_code')).toEqual([]);
      expect(await eventsOf(user)).toContain('second-factor.disabled');
    });

    it('is done by whoever runs the installation for someone who has lost everything', async () => {
      const user = await app.create.user();
      await Authenticator.setUp(app, user);

      await app.get(SecondFactors).disableByOperator(user.id as UserId);

      expect((await withPassword(user)).answer.body).toMatchObject({ secondFactor: false });
      const { body } = await user.browser.get('/me/security-events');
      expect(body.items).toContainEqual(
        expect.objectContaining({ action: 'second-factor.disabled', details: { by: 'operator' } }),
      );
    });

    it('survives no deletion of its user', async () => {
      const user = await app.create.user();
      await Authenticator.setUp(app, user);
      await withPassword(user);

      await user.browser.delete('/me');

      for (const table of ['second_factor', 'recovery_code', 'login_challenge']) {
        expect(await app.sql(`select user_id from ${table}`)).toEqual([]);
      }
    });
  });
});
