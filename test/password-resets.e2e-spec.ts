import { runCommand } from './support/command.js';
import { Authenticator } from './support/authenticator.js';
import { everythingStored } from './support/everything-stored.js';
import { MailServer } from './support/mail-server.js';
import { TestApp } from './support/test-app.js';
import type { TestUser } from './factories/factory.js';

const NEW_PASSWORD = 'seven yellow ducks';

describe('a forgotten password', () => {
  let app: TestApp;
  let mails: MailServer;

  beforeAll(async () => {
    mails = await MailServer.start();
    app = await TestApp.start({ SMTP_URL: mails.url, MAIL_FROM: 'Scrobbler <no-reply@example.org>' });
  });

  afterEach(async () => {
    mails.reset();
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
    await mails.stop();
  });

  const forgot = (email: string) => app.browser().post('/auth/password/forgot', { email });
  const reset = (token: string, password = NEW_PASSWORD) =>
    app.browser().post('/auth/password/reset', { token, password });
  const signIn = ({ email }: TestUser, password: string) => app.browser().post('/auth/login', { email, password });
  const tokenIn = (text: string): string => /\/reset-password\?token=([\w-]{43})\b/.exec(text)?.[1] ?? '';
  const askForToken = async (user: TestUser): Promise<string> => {
    await forgot(user.email);
    await app.doJobs();
    return tokenIn(mails.received.at(-1)?.text ?? '');
  };
  const over = { status: 422, code: 'reset_link_over' };

  it('is set anew by a link in a mail, once, and everyone is signed out', async () => {
    const user = await app.create.user();

    expect((await forgot(` ${user.email.toUpperCase()} `)).status).toBe(204);
    await app.doJobs();

    expect(mails.received).toEqual([
      { to: [user.email], from: 'no-reply@example.org', text: expect.stringContaining('Subject: Set a new password') },
    ]);
    const token = tokenIn(mails.received[0]!.text);
    expect(mails.received[0]!.text).toContain(`${app.publicOrigin}/reset-password?token=`);
    expect(await everythingStored(app)).not.toContain(token);

    expect((await reset(token)).status).toBe(204);

    expect((await user.browser.get('/me')).status).toBe(401);
    expect((await signIn(user, user.password)).body).toMatchObject({ code: 'wrong_credentials' });
    const { status, body } = await signIn(user, NEW_PASSWORD);
    expect([status, body.user.id]).toEqual([200, user.id]);
    expect((await reset(token)).body).toMatchObject(over);
    const actions = await app.sql<{ action: string }>('select action from audit_entry where user_id = $1', [user.id]);
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['password.reset-requested', 'password.reset']),
    );
  });

  it('answers an unknown address alike, does the same for it, and writes to nobody', async () => {
    const user = await app.create.user();
    const known = await forgot(user.email);
    const unknown = await forgot('nobody@example.org');

    const shown = ({ status, text, headers }: typeof known) => [status, text, [...headers.keys()].sort()];
    expect(shown(unknown)).toEqual(shown(known));
    const jobs = await app.sql<{ keys: string }>(
      `select (select string_agg(key, ',' order by key) from json_object_keys(payload) as key) as keys
         from graphile_worker._private_jobs`,
    );
    expect(jobs).toEqual(Array(2).fill({ keys: 'requestedAt,userId' }));
    expect(await everythingStored(app)).not.toContain('nobody@example.org');
    await app.doJobs();
    expect(mails.received.map(({ to }) => to)).toEqual([[user.email]]);
  });

  it('has a link for 60 minutes, and at most three mails at a time', async () => {
    const user = await app.create.user();
    const first = await askForToken(user);
    for (let time = 0; time < 4; time += 1) {
      await askForToken(user);
    }
    expect(mails.received).toHaveLength(3);

    app.clock.advance({ minutes: 60 });
    expect((await reset(first)).body).toMatchObject(over);
    expect(tokenIn(mails.received[2]!.text)).not.toBe(await askForToken(user));
    expect(mails.received).toHaveLength(4);
    app.clock.advance({ hours: 2 });
    await app.sql(`select graphile_worker.add_job('credentials.purge')`);
    await app.doJobs();
    expect(await app.sql('select id from password_reset')).toEqual([]);
  });

  it('takes one of two at once, and then no other link', async () => {
    const user = await app.create.user();
    const [token, other] = [await askForToken(user), await askForToken(user)];

    const answers = await Promise.all([reset(token), reset(token, `${NEW_PASSWORD} again`)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422]);
    expect((await reset(other)).body).toMatchObject(over);
  });

  it('refuses a password that is too common, and keeps the link', async () => {
    const user = await app.create.user();
    const token = await askForToken(user);

    expect((await reset(token, 'password')).body).toMatchObject({ status: 422, errors: [{ path: 'password' }] });
    expect((await reset(`${token.slice(1)}x`)).body).toMatchObject(over);
    expect((await reset(token)).status).toBe(204);
  });

  it('is known to nobody any more once it is new, but does not take the second factor away', async () => {
    const user = await app.create.user();
    const authenticator = await Authenticator.setUp(app, user);
    const intruder = await authenticator.signIn(user);
    const { body: logins } = await intruder.get('/me/logins');
    const { id } = logins.items.find(({ isCurrent }: { isCurrent: boolean }) => isCurrent);
    await user.browser.post(`/me/logins/${id as string}/disown`);
    expect((await signIn(user, user.password)).body).toMatchObject({ code: 'password_change_required' });

    await reset(await askForToken(user));

    expect((await signIn(user, NEW_PASSWORD)).body).toEqual({ secondFactor: true, user: null });
  });

  it('is mailed later when the mail server does not take the mail, and the server repeats nothing', async () => {
    const user = await app.create.user();
    mails.refuseNext();
    expect(await askForToken(user)).toBe('');

    expect(await app.sql('select id from password_reset')).toEqual([]);
    const [job] = await app.sql<{ error: string }>('select last_error as error from graphile_worker._private_jobs');
    expect(job!.error).toContain('The mail server did not take a mail');
    expect(job!.error).not.toContain(user.email);
    await app.sql('update graphile_worker._private_jobs set run_at = now()');
    await app.doJobs();
    expect(mails.received).toHaveLength(1);
  });

  it('without a mail server is a matter for the operator, whoever asks', async () => {
    const bare = await TestApp.start();
    try {
      const { email } = await bare.create.user();
      expect((await bare.browser().get('/auth/providers')).body).toMatchObject({ passwordReset: 'operator' });
      expect((await app.browser().get('/auth/providers')).body).toMatchObject({ passwordReset: 'mail' });
      for (const asked of [email, 'nobody@example.org']) {
        const { body } = await bare.browser().post('/auth/password/forgot', { email: asked });
        expect(body).toMatchObject({ status: 409, code: 'mail_is_off' });
      }
    } finally {
      await bare.stop();
    }
  });

  it('is set anew by a link from the command line, which makes administrators as well', async () => {
    const user = await app.create.user();
    const env = { DATABASE_URL: app.databaseUrl, ...app.keys, PUBLIC_URL: 'https://scrobbler.example' };

    const { code, stdout } = await runCommand(['users', 'reset-password', user.email], env);

    expect(code).toBe(0);
    expect(stdout).toContain('https://scrobbler.example/reset-password?token=');
    expect((await reset(tokenIn(stdout))).status).toBe(204);
    const made = await runCommand(['admin', 'create', 'root@example.org'], env);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect((await reset(tokenIn(made.stdout))).status).toBe(204);
    const root = await app.browser().post('/auth/login', { email: 'root@example.org', password: NEW_PASSWORD });
    expect(root.body).toMatchObject({ user: { role: 'admin' } });
  }, 90_000);
});
