import { createHash } from 'node:crypto';

import type { UserId } from '../src/common/ids.js';
import { BotKeys } from '../src/modules/auth/bot-keys/bot-keys.service.js';
import { Roles } from '../src/modules/auth/index.js';
import { Authenticator } from './support/authenticator.js';
import { everythingStored } from './support/everything-stored.js';
import { TestApp } from './support/test-app.js';
import type { TestClient } from './support/test-client.js';

const BOOTSTRAP = 'bootstrap-key-of-the-operator-0123456789';
const SOMEBODY = '80351110224678912';

describe('a bot key', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ BOT_API_KEY: BOOTSTRAP, RATE_LIMIT_BOT: '15' });
  });

  beforeEach(() => {
    app.clock.advance({ minutes: 2 });
  });

  afterAll(async () => {
    await app.stop();
  });

  const bot = (key: string): TestClient => app.browser().with({ 'x-bot-key': key });
  const codeOf = async (client: TestClient, path: string): Promise<string> => (await client.get(path)).body.code;

  it('is kept as a hash alone, and says when it was used last', async () => {
    const keys = app.get(BotKeys);
    const { botKey, key } = await keys.issue('Jukebox', null);
    expect(key).toMatch(/^usb_[\w-]{43}$/);

    expect(await codeOf(bot(key), `/lfm/${SOMEBODY}`)).toBe('lastfm_account_not_linked');

    const stored = await app.sql('select key_hash from bot_key where id = $1', [botKey.id]);
    expect(stored).toEqual([{ key_hash: createHash('sha256').update(key).digest('hex') }]);
    expect(await everythingStored(app)).not.toContain(key.slice(4));
    const { items } = await keys.list();
    expect(items.find(({ id }) => id === botKey.id)).toMatchObject({ name: 'Jukebox', lastUsedAt: app.clock.now() });
  });

  it('is worth nothing once it is revoked, at every replica', async () => {
    const keys = app.get(BotKeys);
    const { botKey, key } = await keys.issue('Jukebox', null);
    const replica = await app.startReplica();
    try {
      const elsewhere = replica.browser().with({ 'x-bot-key': key });
      for (const client of [bot(key), elsewhere]) {
        expect(await codeOf(client, `/lfm/${SOMEBODY}`)).toBe('lastfm_account_not_linked');
      }

      await keys.revoke(botKey.id, null);

      expect((await bot(key).get(`/lfm/${SOMEBODY}`)).body).toMatchObject({ status: 401, code: 'invalid_bot_key' });
      expect(await codeOf(elsewhere, `/lfm/${SOMEBODY}`)).toBe('invalid_bot_key');
    } finally {
      await replica.stop();
    }
    await expect(keys.revoke(botKey.id, null)).rejects.toMatchObject({ code: 'bot_key_not_found' });
  });

  it('of the environment is good as long as it is set', async () => {
    expect(await codeOf(bot(BOOTSTRAP), `/lfm/${SOMEBODY}`)).toBe('lastfm_account_not_linked');
    expect((await bot(`${BOOTSTRAP}x`).get(`/lfm/${SOMEBODY}`)).status).toBe(401);
    expect((await bot('').get(`/lfm/${SOMEBODY}`)).status).toBe(401);
  });

  it('opens no address of users, and nothing of users opens the ones of bots', async () => {
    const user = await app.create.user();

    for (const path of ['/me', '/lfm/me', '/scrobbles', '/me/tokens']) {
      expect((await bot(BOOTSTRAP).get(path)).body).toMatchObject({ status: 403, code: 'bot_key_not_accepted' });
    }
    for (const client of [user.browser, app.as(user), app.browser()]) {
      expect((await client.get(`/lfm/${SOMEBODY}`)).body).toMatchObject({ status: 401, code: 'bot_key_required' });
      expect((await client.post('/lfm/scrobble', [{}])).body).toMatchObject({ status: 401, code: 'bot_key_required' });
    }
    const started = await user.browser.get(`/lfm/auth/start?discordUserId=${SOMEBODY}`);
    expect(started.body).toMatchObject({ status: 401, code: 'bot_key_required' });
  });

  it('may ask so often a minute and is told how often', async () => {
    const { key } = await app.get(BotKeys).issue('Busy', null);
    const answers = await Promise.all(Array.from({ length: 18 }, () => bot(key).get(`/lfm/${SOMEBODY}`)));

    expect(answers.filter(({ status }) => status === 429)).toHaveLength(3);
    expect(answers[0]?.headers.get('ratelimit-policy')).toContain('"bot";q=15;w=60');
  });

  it('is issued, listed and revoked by administrators alone', async () => {
    const admin = await app.create.user();
    await app.get(Roles).change(admin.id as UserId, 'admin');
    expect((await admin.browser.get('/bot-keys')).body.code).toBe('second_factor_required');
    await Authenticator.setUp(app, admin);
    const anyone = await app.create.user();
    expect((await anyone.browser.post('/bot-keys', { name: 'Mine' })).body.code).toBe('role_required');

    const { status, body: issued } = await admin.browser.post('/bot-keys', { name: 'Jukebox of the admin' });
    expect(status).toBe(201);
    expect(await codeOf(bot(issued.key), `/lfm/${SOMEBODY}`)).toBe('lastfm_account_not_linked');
    const { body: list } = await admin.browser.get('/bot-keys');
    expect(list.items[0]).toMatchObject({ id: issued.id, name: 'Jukebox of the admin', revokedAt: null });
    expect(JSON.stringify(list)).not.toContain(issued.key);

    expect((await admin.browser.delete(`/bot-keys/${issued.id as string}`)).status).toBe(204);
    expect(await codeOf(bot(issued.key), `/lfm/${SOMEBODY}`)).toBe('invalid_bot_key');
    expect((await admin.browser.delete(`/bot-keys/${issued.id as string}`)).body.code).toBe('bot_key_not_found');
  });
});
