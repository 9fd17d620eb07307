import { Controller, Get } from '@nestjs/common';

import { Access } from '../src/common/http/access.decorator.js';
import type { UserId } from '../src/common/ids.js';
import { Roles, SecondFactors, type UserRole } from '../src/modules/auth/index.js';
import { Authenticator } from './support/authenticator.js';
import { runCommand } from './support/command.js';
import { TestApp } from './support/test-app.js';
import type { TestClient } from './support/test-client.js';
import type { TestUser } from './factories/factory.js';

@Controller('probe')
class ProbeController {
  @Get('moderator')
  @Access('moderator')
  moderator() {
    return { ok: true };
  }

  @Get('admin')
  @Access('admin')
  admin() {
    return { ok: true };
  }
}

describe('roles', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({}, [ProbeController]);
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  const make = (user: Pick<TestUser, 'id'>, role: UserRole) => app.get(Roles).change(user.id as UserId, role);
  const codesFor = async (client: TestClient) => {
    const answers = [await client.get('/probe/moderator'), await client.get('/probe/admin')];
    return answers.map(({ status, body }) => (status === 200 ? 'ok' : (body.code as string)));
  };
  const withSecondFactor = async (role: UserRole) => {
    const user = await app.create.user();
    await make(user, role);
    return { user, authenticator: await Authenticator.setUp(app, user) };
  };

  it.each([
    { role: 'user' as const, codes: ['role_required', 'role_required'] },
    { role: 'moderator' as const, codes: ['ok', 'role_required'] },
    { role: 'admin' as const, codes: ['ok', 'ok'] },
  ])('let $role do what is theirs', async ({ role, codes }) => {
    const { user } = await withSecondFactor(role);

    expect(await codesFor(user.browser)).toEqual(codes);
  });

  it('count only in a browser that has shown a second factor, never for a token', async () => {
    const user = await app.create.user();
    await make(user, 'admin');
    const required = ['second_factor_required', 'second_factor_required'];

    expect(await codesFor(app.browser())).toEqual(['not_signed_in', 'not_signed_in']);
    expect(await codesFor(user.browser)).toEqual(required);
    const authenticator = await Authenticator.setUp(app, user);
    expect((await user.browser.get('/me/second-factor')).body).toMatchObject({ isRequired: true });
    expect(await codesFor(app.as(user))).toEqual(['login_required', 'login_required']);
    expect(await codesFor(await authenticator.signIn(user))).toEqual(['ok', 'ok']);

    await app.get(SecondFactors).disableByOperator(user.id as UserId);
    expect(await codesFor(user.browser)).toEqual(required);
  });

  it('are lost at once', async () => {
    const { user } = await withSecondFactor('admin');
    expect(await codesFor(user.browser)).toEqual(['ok', 'ok']);

    await make(user, 'moderator');

    expect(await codesFor(user.browser)).toEqual(['ok', 'role_required']);
    expect((await user.browser.get('/me/security-events')).body.items[0]).toMatchObject({
      action: 'role.changed',
      details: { from: 'admin', to: 'moderator' },
    });
  });

  describe('the first administrator', () => {
    const bootstrap = (email = 'root@example.org', password = 'seven yellow ducks') =>
      app.get(Roles).bootstrap(email, password);
    const admins = () => app.sql<{ id: string }>(`select id from app_user where role = 'admin'`);

    it('is made once, whoever calls and however often', async () => {
      const outcomes = await Promise.all([bootstrap(), bootstrap()]);

      expect(outcomes).toContain('made');
      expect(await admins()).toHaveLength(1);
      expect(await bootstrap('other@example.org')).toBe('there-is-one');
      expect(await admins()).toHaveLength(1);
    });

    it('is nobody who registered with the address but has another password', async () => {
      const user = await app.create.user();

      expect(await bootstrap(user.email)).toBe('address-is-taken');
      expect(await admins()).toEqual([]);
      expect(await bootstrap(user.email, user.password)).toBe('made');
      expect(await admins()).toEqual([{ id: user.id }]);
    });
  });

  it('are given from the command line, where a lost second factor is taken away as well', async () => {
    const { user } = await withSecondFactor('user');
    const run = (...args: string[]) => runCommand(['users', ...args], { DATABASE_URL: app.databaseUrl, ...app.keys });

    expect(await run('role', user.email.toUpperCase(), 'admin')).toMatchObject({ code: 0, stderr: '' });
    expect(await codesFor(user.browser)).toEqual(['ok', 'ok']);
    expect(await run('disable-second-factor', user.id)).toMatchObject({ code: 0, stderr: '' });
    expect(await codesFor(user.browser)).toEqual(['second_factor_required', 'second_factor_required']);
    expect(await run('role', 'nobody@example.org', 'admin')).toMatchObject({ code: 1, stdout: '' });
    expect(await run('role', user.id, 'king')).toMatchObject({ code: 2 });
  });
});
