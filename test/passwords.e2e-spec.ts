import { PasswordIdentities } from '../src/modules/auth/identities/password-identities.service.js';
import { signalsOf } from '../src/modules/auth/login-sessions/browser-signals.js';
import { SignIns } from '../src/modules/auth/login-sessions/sign-ins.service.js';
import { Authenticator } from './support/authenticator.js';
import { everythingStored } from './support/everything-stored.js';
import { TestApp } from './support/test-app.js';
import type { TestClient } from './support/test-client.js';
import type { TestUser } from './factories/factory.js';

const NEW_PASSWORD = 'seven yellow ducks';

describe('passwords', () => {
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

  const signInWith = (user: TestUser, password: string) =>
    app.browser().post('/auth/login', { email: user.email, password });

  /** A browser that has shown the password and has yet to show the second factor. */
  const challenged = async ({ email, password }: TestUser): Promise<TestClient> => {
    const browser = app.browser();
    const { body } = await browser.post('/auth/login', { email, password });
    expect(body).toMatchObject({ secondFactor: true });
    return browser;
  };

  describe('PATCH /me/password', () => {
    it('changes the password and signs every other browser out', async () => {
      const user = await app.create.user();
      const other = app.browser();
      await other.post('/auth/login', { email: user.email, password: user.password });
      const change = { currentPassword: user.password, newPassword: NEW_PASSWORD };

      expect((await user.browser.patch('/me/password', change)).status).toBe(204);

      expect((await user.browser.get('/me')).status).toBe(200);
      expect((await other.get('/me')).status).toBe(401);
      expect((await signInWith(user, user.password)).body).toMatchObject({ code: 'wrong_credentials' });
      expect((await signInWith(user, NEW_PASSWORD)).status).toBe(200);
      const { body: events } = await user.browser.get('/me/security-events?limit=10');
      expect(events.items).toContainEqual(expect.objectContaining({ action: 'password.changed', details: {} }));
      expect(await everythingStored(app)).not.toContain(NEW_PASSWORD);
    });

    it('wants the current password, and notes that it was wrong', async () => {
      const user = await app.create.user();
      const change = { currentPassword: 'not this one', newPassword: NEW_PASSWORD };

      const { body } = await user.browser.patch('/me/password', change);

      expect(body).toMatchObject({ status: 422, code: 'wrong_password', errors: [{ path: 'currentPassword' }] });
      expect((await signInWith(user, user.password)).status).toBe(200);
      expect((await user.browser.get('/me/security-events')).body.items).toContainEqual(
        expect.objectContaining({ action: 'password.refused' }),
      );
    });

    it.each([
      { wrong: 'a short one', newPassword: '7 chars' },
      { wrong: 'one of novel length', newPassword: 'x'.repeat(201) },
      { wrong: 'one that many have, in capitals', newPassword: 'PASSWORD1' },
    ])('refuses $wrong', async ({ newPassword }) => {
      const user = await app.create.user();

      const { body } = await user.browser.patch('/me/password', { currentPassword: user.password, newPassword });

      expect(body).toMatchObject({ status: 422, errors: [{ path: 'newPassword' }] });
    });

    it('lets no sign-in through that began with the former one', async () => {
      const user = await app.create.user();
      await Authenticator.setUp(app, user);
      const checked = await app.get(PasswordIdentities).requireUser(user.email, user.password);
      const browser = await challenged(user);
      const change = { currentPassword: user.password, newPassword: NEW_PASSWORD };
      expect((await user.browser.patch('/me/password', change)).status).toBe(204);

      const proof = { method: 'password', passwordHash: checked.passwordHash };
      await expect(app.get(SignIns).begin(checked.userId, signalsOf({}), proof)).rejects.toMatchObject({
        code: 'wrong_credentials',
      });
      const { body } = await browser.post('/auth/login/second-factor', { code: '123456' });
      expect(body).toMatchObject({ code: 'login_challenge_over' });
    });

    it('lets one of two changes at once through', async () => {
      const user = await app.create.user();
      const change = (newPassword: string) =>
        user.browser.patch('/me/password', { currentPassword: user.password, newPassword });

      const answers = await Promise.all([change(NEW_PASSWORD), change(`${NEW_PASSWORD} again`)]);

      expect(answers.map(({ status }) => status).sort()).toEqual([204, 422]);
    });

    it('is for a signed-in browser alone', async () => {
      const user = await app.create.user();
      const change = { currentPassword: user.password, newPassword: NEW_PASSWORD };

      expect((await app.as(user).patch('/me/password', change)).body).toMatchObject({ code: 'login_required' });
    });
  });

  describe('POST /me/logins/:id/disown', () => {
    /** Someone who knows the password signs in and makes a token. */
    const intrude = async (user: TestUser) => {
      app.clock.advance({ hours: 1 });
      const browser = app.browser();
      await browser.post('/auth/login', { email: user.email, password: user.password });
      const { body } = await browser.post('/me/tokens', { name: 'theirs', scopes: ['read'] });
      const { body: list } = await browser.get('/me/logins');
      const { id } = list.items.find(({ isCurrent }: { isCurrent: boolean }) => isCurrent);
      return { browser, token: body.token as string, id: id as string };
    };

    it('ends that login with every token made since, and the password signs nobody in until it is changed', async () => {
      const user = await app.create.user();
      const intruder = await intrude(user);

      const { status, body } = await user.browser.post(`/me/logins/${intruder.id}/disown`);

      expect({ status, body }).toEqual({ status: 200, body: { passwordChangeRequired: true, isAnyWayInLeft: true } });
      expect((await intruder.browser.get('/me')).status).toBe(401);
      expect((await app.as(intruder).get('/me')).body).toMatchObject({ code: 'invalid_token' });
      expect((await app.as(user).get('/me')).status).toBe(200);
      expect((await signInWith(user, user.password)).body).toMatchObject({
        status: 403,
        code: 'password_change_required',
      });
      expect((await signInWith(user, 'a guess of theirs')).body).toMatchObject({ code: 'wrong_credentials' });
      expect((await user.browser.get('/me/logins')).body).toMatchObject({ total: 1, passwordChangeRequired: true });

      await user.browser.patch('/me/password', { currentPassword: user.password, newPassword: NEW_PASSWORD });

      expect((await signInWith(user, NEW_PASSWORD)).status).toBe(200);
      expect((await user.browser.get('/me/logins')).body).toMatchObject({ passwordChangeRequired: false });
      expect((await user.browser.get('/me/security-events')).body.items).toContainEqual(
        expect.objectContaining({
          action: 'login.disowned',
          details: { device: 'node', tokensRevoked: '1', waysInRemoved: '0' },
        }),
      );
    });

    it("refuses the browser's own login, an unknown one and another user's", async () => {
      const [user, other] = [await app.create.user(), await app.create.user()];
      const [mine, theirs] = await Promise.all(
        [user, other].map(async ({ browser }) => (await browser.get('/me/logins')).body.items[0].id as string),
      );

      expect((await user.browser.post(`/me/logins/${mine!}/disown`)).body).toMatchObject({
        status: 409,
        code: 'login_is_current',
      });
      expect((await user.browser.post(`/me/logins/${theirs!}/disown`)).body).toMatchObject({
        status: 404,
        code: 'login_not_found',
      });
      expect((await other.browser.get('/me')).status).toBe(200);
      expect((await signInWith(other, other.password)).status).toBe(200);
    });
  });
});
