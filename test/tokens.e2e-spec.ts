import { createHash } from 'node:crypto';

import { TestApp } from './support/test-app.js';
import { everythingStored } from './support/everything-stored.js';
import type { TestUser } from './factories/factory.js';

const NOBODYS_ID = '01900000-0000-7000-8000-000000000000';

describe('/me/tokens', () => {
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

  const make = async (user: TestUser, scopes: string[]): Promise<{ id: string; token: string }> =>
    (await user.browser.post('/me/tokens', { name: 'Player', scopes })).body;

  it('shows a new token this once, and lists it without', async () => {
    const user = await app.create.user();

    const created = await user.browser.post('/me/tokens', { name: ' Player ', scopes: ['read', 'write', 'read'] });

    expect(created.status).toBe(201);
    const described = {
      id: expect.any(String),
      name: 'Player',
      scopes: ['read', 'write'],
      createdAt: '2026-01-15T12:00:00.000Z',
      lastUsedAt: null,
    };
    expect(created.body).toEqual({ ...described, token: expect.stringMatching(/^usc_[\w-]{43}$/) });
    const { body: list } = await user.browser.get('/me/tokens');
    expect(list).toMatchObject({ total: 2 });
    expect(list.items).toContainEqual(described);
    expect(JSON.stringify(list)).not.toContain('usc_');
  });

  it('keeps the hash of a token and nothing that leads back to it', async () => {
    const user = await app.create.user();
    const { id, token } = await make(user, ['read']);

    const stored = await app.sql<{ token_hash: string }>('select token_hash from api_token where id = $1', [id]);

    expect(stored).toEqual([{ token_hash: createHash('sha256').update(token).digest('hex') }]);
    expect(await everythingStored(app)).not.toContain(token.slice(4));
  });

  it.each([
    { scopes: ['read'], read: 200, write: 403, lacks: 'write' },
    { scopes: ['write'], read: 403, write: 200, lacks: 'read' },
    { scopes: ['ingest'], read: 403, write: 403, lacks: 'write' },
    { scopes: ['read', 'write'], read: 200, write: 200, lacks: null },
  ])('with $scopes may do that and no more', async ({ scopes, read, write, lacks }) => {
    const user = await app.create.user();
    const client = app.as(await make(user, scopes));

    const reading = await client.get('/me');
    const writing = await client.patch('/me', { displayName: 'Grace' });

    expect([reading.status, writing.status]).toEqual([read, write]);
    const refusal = [writing, reading].find(({ status }) => status === 403);
    if (lacks !== null) {
      expect(refusal?.body).toMatchObject({ code: 'missing_scope', detail: expect.stringContaining(`"${lacks}"`) });
    }
    expect((await user.browser.get('/me')).body.displayName).toBe(write === 200 ? 'Grace' : 'Ada');
  });

  it('cannot make, list or revoke tokens: a leaked one would renew itself', async () => {
    const user = await app.create.user();
    const { id } = await make(user, ['read']);
    const client = app.as(user);

    const refusals = [
      await client.get('/me/tokens'),
      await client.post('/me/tokens', { name: 'More', scopes: ['write'] }),
      await client.delete(`/me/tokens/${id}`),
    ];

    for (const { body } of refusals) {
      expect(body).toMatchObject({ status: 403, code: 'login_required' });
    }
    expect((await user.browser.get('/me/tokens')).body.total).toBe(2);
  });

  it('is worth nothing once it is revoked', async () => {
    const user = await app.create.user();
    const { id, token } = await make(user, ['read']);
    const client = app.as({ token });
    expect((await client.get('/me')).status).toBe(200);

    expect((await user.browser.delete(`/me/tokens/${id}`)).status).toBe(204);

    expect((await client.get('/me')).body).toMatchObject({ status: 401, code: 'invalid_token' });
    expect((await user.browser.delete(`/me/tokens/${id}`)).body).toMatchObject({ code: 'token_not_found' });
  });

  it('hides the tokens of others', async () => {
    const [user, stranger] = [await app.create.user(), await app.create.user()];
    const { id, token } = await make(stranger, ['read']);

    const response = await user.browser.delete(`/me/tokens/${id}`);

    expect(response.body).toMatchObject({ status: 404, code: 'token_not_found' });
    expect((await app.as({ token }).get('/me')).status).toBe(200);
    expect((await user.browser.get('/me/tokens')).body.total).toBe(1);
  });

  it('answers 404 for an id that nobody has, and 422 for one that is none', async () => {
    const { browser } = await app.create.user();

    const unknown = await browser.delete(`/me/tokens/${NOBODYS_ID}`);
    const malformed = await browser.delete('/me/tokens/first');

    expect(unknown.body).toMatchObject({ status: 404, code: 'token_not_found' });
    expect(malformed.body).toMatchObject({ status: 422, code: 'malformed_id' });
  });

  it.each(['Bearer usc_unknown', 'Bearer', 'Bearer  ', 'Basic YWRhOnB3', 'usc_unknown', ''])(
    'is not what "%s" is',
    async (authorization) => {
      await app.create.user();

      const { body } = await app.browser().with({ authorization }).get('/me');

      expect(body).toMatchObject({ status: 401, code: 'invalid_token' });
    },
  );

  it('that is wrong is refused on a public route too, and beside a good cookie', async () => {
    const { browser } = await app.create.user();
    const wrong = browser.with({ authorization: 'Bearer usc_unknown' });

    expect((await wrong.get('/auth/providers')).status).toBe(401);
    expect((await wrong.get('/me')).status).toBe(401);
  });

  it('says when it was used last, to within five minutes', async () => {
    const user = await app.create.user();
    const { id, token } = await make(user, ['read']);
    const lastUsed = async () => {
      const { body } = await user.browser.get('/me/tokens');
      return body.items.find((each: { id: string }) => each.id === id).lastUsedAt;
    };

    await app.as({ token }).get('/me');
    expect(await lastUsed()).toBe('2026-01-15T12:00:00.000Z');
    app.clock.advance({ minutes: 5 });
    await app.as({ token }).get('/me');
    expect(await lastUsed()).toBe('2026-01-15T12:00:00.000Z');
    app.clock.advance({ seconds: 1 });
    await app.as({ token }).get('/me');
    expect(await lastUsed()).toBe('2026-01-15T12:05:01.000Z');
  });

  it.each([
    { wrong: 'no scope', body: { name: 'Player', scopes: [] }, path: 'scopes' },
    { wrong: 'an unknown scope', body: { name: 'Player', scopes: ['admin'] }, path: 'scopes.0' },
    { wrong: 'no name', body: { name: ' ', scopes: ['read'] }, path: 'name' },
    { wrong: 'an unknown field', body: { name: 'Player', scopes: ['read'], userId: NOBODYS_ID }, path: '' },
  ])('is not made with $wrong', async ({ body, path }) => {
    const { browser } = await app.create.user();

    const response = await browser.post('/me/tokens', body);

    expect(response.body).toMatchObject({ status: 422, code: 'invalid_input', errors: [{ path }] });
    expect((await browser.get('/me/tokens')).body.total).toBe(1);
  });
});
