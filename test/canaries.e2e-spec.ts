import { randomBytes } from 'node:crypto';

import { LastfmSandbox } from '../sandbox/lastfm/index.js';
import { SpotifySandbox } from '../sandbox/spotify/index.js';
import { SecretBox } from '../src/common/crypto/secret-box.js';
import { SEALED_SESSION_KEY } from '../src/modules/lastfm/accounts/lastfm-account.entity.js';
import { SEALED_HANDSHAKE_KEY } from '../src/modules/lastfm/handshakes/lastfm-handshake.entity.js';
import { SEALED_ACCESS_TOKEN, SEALED_REFRESH_TOKEN } from '../src/modules/platforms/spotify/platform-account.entity.js';
import { track } from './factories/factory.js';
import { Answers } from './support/answers.js';
import { codeOf } from './support/authenticator.js';
import { describedApi, operationsOf } from './support/described-api.js';
import { eventually } from './support/eventually.js';
import { EverythingWritten } from './support/everything-written.js';
import { GENEROUS_LIMITS } from './support/generous-limits.js';
import { MailServer } from './support/mail-server.js';
import { ServerProcess } from './support/server-process.js';
import { TestClient } from './support/test-client.js';
import { createTestDatabase, type TestDatabase } from './support/test-database.js';
import { unzip } from './support/unzip.js';

const document = describedApi();
const EXAMPLE_ID = '01900000-0000-7000-8000-000000000000';
const hex = () => randomBytes(16).toString('hex');

/** Where the person a secret belongs to is told it, once. */
const TOLD_THERE: Record<string, RegExp> = {
  'personal token': /^POST \/me\/tokens$/,
  'handshake state': /^GET \/lfm\/auth\/(start|callback)$/,
  'login cookie': /^POST \/auth\/(register|login|login\/second-factor)$/,
  'challenge cookie': /^POST \/auth\/login$/,
  "authenticator's secret": /^POST \/me\/second-factor$/,
  'recovery code': /^POST \/me\/second-factor\/(confirm|recovery-codes)$/,
  'connect cookie': /^GET \/platforms\/spotify\/connect$/,
  'confirmation cookie': /^GET \/lfm\/auth\/callback$/,
};

/** The built server, logging everything it can, on real time. Each secret is searched for wherever anything is kept or said. */
describe('secrets', () => {
  let database: TestDatabase;
  let lastfm: LastfmSandbox;
  let spotify: SpotifySandbox;
  let server: ServerProcess;
  let mails: MailServer;
  let written: EverythingWritten;
  let exported: Map<string, string>;
  const answers = new Answers();
  const secrets = new Map<string, { name: string; value: string }>();
  const plant = (name: string, value: string): string => {
    expect(value.length).toBeGreaterThan(15);
    secrets.set(value, { name, value });
    return value;
  };

  const apiSecret = plant('API secret', hex());
  const spotifyClient = { clientId: 'canary-app', clientSecret: plant('Spotify secret', hex()) };
  const encryptionKey = plant('encryption key', randomBytes(32).toString('base64'));
  const botKey = plant('bot key', hex() + hex());
  const password = plant('password', `correct horse ${hex()}`);

  beforeAll(async () => {
    database = await createTestDatabase();
    const apiKey = hex();
    mails = await MailServer.start();
    lastfm = await LastfmSandbox.start({ apiKey, apiSecret, now: () => new Date() });
    const redirectUris = ['http://127.0.0.1:3000/api/platforms/spotify/callback'];
    spotify = await SpotifySandbox.start({ ...spotifyClient, redirectUris });
    written = await EverythingWritten.watch(database.url);
    const databaseUrl = new URL(database.url);
    plant('database password', databaseUrl.password);
    server = await ServerProcess.start({
      ...GENEROUS_LIMITS,
      LOG_LEVEL: 'trace',
      DATABASE_URL: database.url,
      ENCRYPTION_KEYS: `test:${encryptionKey}`,
      BOT_API_KEY: botKey,
      SMTP_URL: mails.url,
      MAIL_FROM: 'no-reply@example.org',
      LASTFM_API_KEY: apiKey,
      LASTFM_API_SECRET: apiSecret,
      LASTFM_API_URL: lastfm.apiUrl,
      LASTFM_AUTH_URL: lastfm.authUrl,
      PUBLIC_URL: 'http://127.0.0.1:3000',
      SPOTIFY_CLIENT_ID: spotifyClient.clientId,
      SPOTIFY_CLIENT_SECRET: spotifyClient.clientSecret,
      SPOTIFY_API_URL: spotify.apiUrl,
      SPOTIFY_ACCOUNTS_URL: spotify.origin,
    });
    answers.record(server.origin);
  });

  afterAll(async () => {
    answers.stop();
    await Promise.all([server.stop(), lastfm.close(), spotify.close(), mails.stop(), written.stop()]);
    await database.drop();
  });

  const person = async (email: string) => {
    const browser = new TestClient(server.origin);
    await browser.post('/auth/register', { email, password, displayName: 'Ada' });
    plant('login cookie', browser.cookie('sid')!);
    const { body } = await browser.post('/me/tokens', { name: 'test', scopes: ['read', 'write', 'ingest'] });
    const token = plant('personal token', body.token);
    return { browser, bearer: new TestClient(server.origin, { authorization: `Bearer ${token}` }) };
  };

  /** @returns the address at ours that Last.fm sends the browser to */
  const allow = async (browser: TestClient, username: string): Promise<string> => {
    const { body } = await browser.get('/lfm/auth/start');
    plant('handshake state', body.state);
    const callback = new URL(body.url).searchParams.get('cb')!;
    const back = new URL(callback);
    back.searchParams.set('token', plant("Last.fm's token", await lastfm.approve({ username, callback })));
    return `${server.origin}${back.pathname}${back.search}`;
  };

  const attempted = async (browser: TestClient, count: number) => {
    await eventually(
      async () => (await browser.get('/scrobbles?limit=50')).body.items as Array<{ attempts: number }>,
      (items) => items.filter(({ attempts }) => attempts > 0).length >= count,
    );
  };

  /** Every operation with credentials and secrets in its query, whatever it answers. */
  const callEverything = async (client: TestClient) => {
    const secretQuery = `state=${hex()}&token=${plant('forged token', hex())}&password=${encodeURIComponent(password)}`;
    const operations = operationsOf(document).filter(
      ({ method, path }) => path !== '/events' && path !== '/auth/logout' && method !== 'DELETE',
    );
    await Promise.all(
      operations.map(({ method, path, bodyType }) => {
        const address = `${path.replaceAll(/\{\w+\}/g, EXAMPLE_ID)}?${secretQuery}`;
        return client.request(method, address, bodyType === null ? undefined : { password: [password] });
      }),
    );
  };

  /** Sets a second factor up and signs in with it, once with a wrong code and then with a recovery code. */
  const useSecondFactor = async () => {
    const email = 'hedy@example.org';
    const { browser } = await person(email);
    const { body: begun } = await browser.post('/me/second-factor', { currentPassword: password });
    const secret = plant("authenticator's secret", begun.secret);
    const confirmation = { code: codeOf(secret, new Date()) };
    const { body: confirmed } = await browser.post('/me/second-factor/confirm', confirmation);
    const codes = (confirmed.recoveryCodes as string[]).map((code) => plant('recovery code', code));
    const elsewhere = new TestClient(server.origin);
    await elsewhere.post('/auth/login', { email, password });
    plant('challenge cookie', elsewhere.cookie('second_factor')!);
    const wrong = plant('wrong code', `0000-${hex().slice(0, 14)}`);
    expect((await elsewhere.post('/auth/login/second-factor', { code: wrong })).status).toBe(422);
    expect((await elsewhere.post('/auth/login/second-factor', { code: codes[0] })).status).toBe(200);
    plant('login cookie', elsewhere.cookie('sid')!);
    const { body: renewed } = await elsewhere.post('/me/second-factor/recovery-codes', { code: codes[1] });
    (renewed.recoveryCodes as string[]).forEach((code) => plant('recovery code', code));
  };

  /** Connects, imports, is refused with the token that was shown, and renews. */
  const useSpotify = async (browser: TestClient) => {
    const departure = await browser.get('/platforms/spotify/connect');
    const back = new URL(await spotify.approve(departure.headers.get('location') ?? '', 'ada'));
    plant("Spotify's code", back.searchParams.get('code') ?? '');
    plant('connect cookie', browser.cookie('spotify_connect')!.split('.')[0]!);
    await browser.get(`${server.origin}${back.pathname}${back.search}`);
    const [token] = await spotifyTokens();
    spotify.faults.next({ kind: 'answer', status: 401, body: `{"error":"${token}"}` }, '/v1/me/playlists');
    expect((await browser.get('/platforms/spotify/playlists')).status).toBe(200);
    expect((await browser.post('/playlists/import', { url: spotify.linkOf('murga') })).status).toBe(202);
    await spotifyTokens();
  };

  /** Forgets the password: one mail is refused by a server that repeats it, the next one arrives, and its link is used. */
  const resetPassword = async () => {
    const email = 'edith@example.org';
    await person(email);
    mails.refuseNext();
    const visitor = new TestClient(server.origin);
    await visitor.post('/auth/password/forgot', { email });
    await visitor.post('/auth/password/forgot', { email });
    const [mail] = await eventually(
      () => Promise.resolve(mails.received),
      ({ length }) => length > 0,
    );
    const tokenIn = (text = ''): string => /reset-password\?token=([\w-]+)/.exec(text)?.[1] ?? '';
    plant('reset token of a refused mail', tokenIn(mails.refused[0]));
    const token = plant('reset token', tokenIn(mail?.text));
    const wrong = plant('forged reset token', hex());
    const chosen = plant('new password', `seven yellow ducks ${hex()}`);
    expect((await visitor.post('/auth/password/reset', { token: wrong, password: chosen })).status).toBe(422);
    expect((await visitor.post('/auth/password/reset', { token, password: '1' })).status).toBe(422);
    expect((await visitor.post('/auth/password/reset', { token, password: chosen })).status).toBe(204);
  };

  /** Everything about the person, as they get it; in the zip it could not be searched. */
  const exportOf = async (browser: TestClient) => {
    await browser.post('/me/export');
    await eventually(
      () => browser.get('/me/export'),
      ({ body }) => body.state === 'ready',
    );
    return unzip((await browser.download('/me/export/file')).bytes);
  };

  const succeed = async () => {
    await useSecondFactor();
    await resetPassword();
    const { browser, bearer } = await person('ada@example.org');
    await browser.get(await allow(browser, 'ada'));
    const stranger = new TestClient(server.origin);
    const grace = await person('grace@example.org');
    await stranger.get(await allow(grace.browser, 'grace'));
    plant('confirmation cookie', stranger.cookie('lfm_confirmation')!);
    expect(await sessionKeys()).toHaveLength(2);
    const { body: playlist } = await bearer.post('/playlists', {
      title: 'Morning',
      visibility: 'private',
      tracks: [track('One'), track('Two')],
    });
    const run = { playlistId: playlist.id, pace: { kind: 'interval', minutes: 1 }, order: 'shuffle', repeat: true };
    expect((await browser.post('/scrobble-runs', run)).status).toBe(201);
    expect((await bearer.post('/scrobbles', [track('Three'), track('Four')])).status).toBe(201);
    await attempted(browser, 2);
    await browser.put('/lfm/me/toggle');
    await browser.patch('/me', { displayName: 'Ada L.' });
    await callEverything(browser);
    await useSpotify(browser);
    await callEverything(bearer);
    exported = await exportOf(browser);
    await callEverything(new TestClient(server.origin, { 'x-bot-key': botKey }));
    return { browser, bearer };
  };

  const fail = async ({ browser, bearer }: { browser: TestClient; bearer: TestClient }) => {
    const wrong = plant('wrong password', `wrong horse ${hex()}`);
    const visitor = new TestClient(server.origin);
    await visitor.post('/auth/login', { email: 'ada@example.org', password: wrong });
    await visitor.post('/auth/register', { email: 'ada@example.org', password, displayName: 'Ada' });
    await visitor.post('/auth/register', { email: [wrong], password: { wrong }, displayName: 5 });
    await visitor.post('/auth/register', {
      email: 'eve@example.org',
      password: wrong.repeat(100),
      displayName: '\u0000',
    });
    await visitor.raw('POST', '/auth/login', `{"email":"ada@example.org","password":"${wrong}",`, 'application/json');
    await visitor.raw('POST', '/auth/login', `password=${wrong}`, 'application/x-www-form-urlencoded');
    await visitor.with({ authorization: `Bearer ${plant('forged token', `us_${hex()}`)}` }).get('/me');
    await visitor.with({ 'x-bot-key': plant('forged bot key', `usb_${hex()}`) }).get('/lfm/80351110224678912');
    await visitor.with({ cookie: `sid=${plant('forged cookie', hex())}` }).get('/me');
    await visitor.get(`/lfm/auth/callback?state=${plant('forged state', hex())}&token=${plant('forged token', hex())}`);
    await visitor.get(await allow(browser, 'someone'));

    // Last.fm refuses, and repeats what it was sent, as servers do that print their input.
    for (const sessionKey of await sessionKeys()) {
      lastfm.faults.next({ kind: 'error', code: 6, message: `Invalid parameters: sk=${sessionKey} ${apiSecret}` });
      lastfm.faults.next({ kind: 'body', status: 500, body: `<pre>sk=${sessionKey}</pre>` });
    }
    await bearer.post('/scrobbles', [track('Five')]);
    await bearer.post('/scrobbles', [track('Six')]);
    await attempted(browser, 4);

    await database.whileGone(async () => {
      await callEverything(browser);
      await callEverything(bearer);
      await visitor.post('/auth/login', { email: 'ada@example.org', password });
    });
    await eventually(
      () => browser.get('/me'),
      ({ status }) => status === 200,
    );
    await written.resume();
    await browser.post('/auth/logout');
  };

  const sessionKeys = async () => {
    const box = new SecretBox([{ id: 'test', key: Buffer.from(encryptionKey, 'base64') }]);
    const rows = await written.rows<{ column: 'account' | 'handshake'; id: string; sealed: string }>(
      `select 'account' as column, user_id as id, session_key as sealed from lastfm_account
        union all select 'handshake', id, session_key from lastfm_handshake where session_key is not null`,
    );
    const columns = { account: SEALED_SESSION_KEY, handshake: SEALED_HANDSHAKE_KEY };
    return rows.map(({ column, id, sealed }) => plant('session key', box.open(sealed, columns[column].contextOf(id))));
  };

  const spotifyTokens = async () => {
    const box = new SecretBox([{ id: 'test', key: Buffer.from(encryptionKey, 'base64') }]);
    const rows = await written.rows<{ id: string; access: string; refresh: string }>(
      'select id, access_token as access, refresh_token as refresh from platform_account',
    );
    return rows.flatMap(({ id, access, refresh }) => [
      plant('Spotify access token', box.open(access, SEALED_ACCESS_TOKEN.contextOf(id))),
      plant('Spotify refresh token', box.open(refresh, SEALED_REFRESH_TOKEN.contextOf(id))),
    ]);
  };

  const formsOf = (value: string): string[] => [
    value,
    encodeURIComponent(value),
    Buffer.from(value).toString('base64').replace(/=+$/, ''),
    Buffer.from(value).toString('hex'),
  ];

  it('stand in no log line, row, job, message or answer, whatever goes right or wrong', async () => {
    await fail(await succeed());

    const log = server.output();
    const kept = await written.read();
    const traces: string[] = [];
    for (const { name, value } of secrets.values()) {
      for (const form of formsOf(value)) {
        traces.push(
          ...log
            .split('\n')
            .filter((line) => line.includes(form))
            .map((line) => `${name} in the log: ${line}`),
        );
        traces.push(
          ...[...exported]
            .filter(([, text]) => text.includes(form))
            .map(([file]) => `${name} in ${file} of the export`),
        );
        traces.push(...kept.filter(({ content }) => content.includes(form)).map(({ place }) => `${name} in ${place}`));
        traces.push(
          ...answers.all
            .filter(({ to, text }) => text.includes(form) && !TOLD_THERE[name]?.test(to))
            .map(({ to }) => `${name} in the answer to ${to}`),
        );
      }
    }
    expect([...new Set(traces)]).toEqual([]);

    // What was searched is really everything.
    expect(log).toContain('"path":"/api/auth/login"');
    expect(log).toMatch(/"level":50/);
    expect(log).toContain('"event":"scrobble-run.started"');
    expect(exported.get('json/scrobbles.json')).toContain('Four');
    expect(exported.get('csv/personal-tokens.csv')).toContain('test');
    const places = [...new Set(kept.map(({ place }) => place))];
    for (const place of [
      'identity',
      'login_session',
      'login_challenge',
      'second_factor',
      'platform_account',
      'recovery_code',
      'password_reset',
      'api_token',
      'lastfm_account',
      'lastfm_handshake',
      'delivery',
      '_private_jobs',
      'a message between replicas',
    ]) {
      expect(places).toContainEqual(expect.stringMatching(new RegExp(`^${place}`)));
    }
    expect(new Set([...secrets.values()].map(({ name }) => name)).size).toBeGreaterThan(10);
  }, 120_000);
});
