import type { AccessRule } from '../src/common/http/access.decorator.js';
import { newId, type UserId } from '../src/common/ids.js';
import { BotKeys } from '../src/modules/auth/bot-keys/bot-keys.service.js';
import { Roles } from '../src/modules/auth/index.js';
import type { LinkedTestUser } from './factories/factory.js';
import { Authenticator } from './support/authenticator.js';
import { describedApi, type Operation, operationsOf } from './support/described-api.js';
import { everythingStored } from './support/everything-stored.js';
import { BOT_KEY, giveDiscord, makeOwned, SOMEBODY } from './support/owned-resources.js';
import { SchemaExamples } from './support/schema-examples.js';
import { TestApp } from './support/test-app.js';
import type { TestClient, TestResponse } from './support/test-client.js';

const BY_SNOWFLAKE = '{discordUserId}';

const document = describedApi();
const operations = operationsOf(document);
const examples = new SchemaExamples(document.components.schemas, {});

/** Where a body needs more than the description can say is required. */
const BODIES: Record<string, unknown> = {
  'PATCH /api/playlists/{id}/tracks': { operations: [{ op: 'remove', positions: [0] }] },
};

const isPublic = ({ access }: Operation): boolean => access.includes('public');
const isForBots = ({ access }: Operation): boolean => access.includes('bot');
const isForUsers = ({ access }: Operation): boolean => access.some((rule) => rule !== 'bot' && rule !== 'public');
const isForRoles = ({ access }: Operation): boolean => access.some((rule) => isRole(rule));
const isRole = (rule: AccessRule): boolean => rule === 'moderator' || rule === 'admin';
/** A Discord user's id is theirs whichever bot names it; who is asked for by it has tests of their own below. */
const isOfOneUser = ({ hasPathId, path }: Operation): boolean => hasPathId && !path.includes(BY_SNOWFLAKE);

/** Over every operation that openapi.json describes, so that a new route cannot be forgotten. */
describe('what belongs to somebody', () => {
  let app: TestApp;
  let stranger: LinkedTestUser;

  beforeAll(async () => {
    app = await TestApp.start({ BOT_API_KEY: BOT_KEY });
    stranger = await app.create.linkedUser();
    await Authenticator.setUp(app, stranger);
  });

  afterAll(async () => {
    await app.stop();
  });

  const call = (client: TestClient, operation: Operation, id: string): Promise<TestResponse> => {
    const { name, method, path, bodySchema, requiredQuery } = operation;
    const query = new URLSearchParams(
      Object.entries(requiredQuery).map(([key, schema]): [string, string] => [key, String(examples.of(schema, key))]),
    );
    const address = `${path.replaceAll(/\{\w+\}/g, id)}?${query.toString()}`;
    // Whichever version there is: that is looked at behind whose it is.
    return client
      .with({ 'if-match': '*' })
      .request(method, address, bodySchema === null ? undefined : (BODIES[name] ?? examples.of(bodySchema)));
  };
  const bot = (): TestClient => app.browser().with({ 'x-bot-key': BOT_KEY });

  it.each(operations.filter((each) => isOfOneUser(each) && isForUsers(each) && !isForRoles(each)))(
    'is to $name of another user as if it were not there, and stays as it is',
    async (operation) => {
      const clients = operation.access.includes('login') ? [stranger.browser] : [stranger.browser, app.as(stranger)];
      const toNothing = await Promise.all(clients.map((client) => call(client, operation, newId())));
      const owner = await app.create.linkedUser();
      const id = await makeOwned(app, owner, operation.path);
      const before = await everythingStored(app);

      const toTheirs = await Promise.all(clients.map((client) => call(client, operation, id)));

      for (const [index, { body }] of toTheirs.entries()) {
        expect(body).toMatchObject({ status: 404, code: expect.stringMatching(/_not_found$/) });
        expect({ ...body, requestId: '' }).toEqual({ ...toNothing[index]?.body, requestId: '' });
      }
      expect(await everythingStored(app)).toBe(before);
      // The request was a good one: its owner is not told that there is nothing.
      const { status } = await call(owner.browser, operation, id);
      expect([401, 403, 404, 500]).not.toContain(status);
    },
  );

  it.each(operations.filter((each) => isOfOneUser(each) && isForBots(each) && !isForUsers(each)))(
    'is to $name of another bot as if it were not there, and stays as it is',
    async (operation) => {
      const { key } = await app.get(BotKeys).issue('Another bot', null);
      const another = app.browser().with({ 'x-bot-key': key });
      const toNothing = await call(another, operation, newId());
      const id = await makeOwned(app, stranger, operation.path);
      const before = await everythingStored(app);

      const { body } = await call(another, operation, id);

      expect(body).toMatchObject({ status: 404, code: expect.stringMatching(/_not_found$/) });
      expect({ ...body, requestId: '' }).toEqual({ ...toNothing.body, requestId: '' });
      expect(await everythingStored(app)).toBe(before);
      expect([401, 403, 404]).not.toContain((await call(bot(), operation, id)).status);
    },
  );

  it('is refused to everybody without the role where it takes one, second factor or not', async () => {
    const forRoles = operations.filter((each) => isForRoles(each));
    const answers: unknown[] = [];

    for (const operation of forRoles) {
      for (const client of [stranger.browser, app.as(stranger)]) {
        const { status, body } = await call(client, operation, newId());
        answers.push([operation.name, status, body.code]);
      }
    }

    expect(forRoles.length).toBeGreaterThan(2);
    expect(answers).toEqual(
      forRoles.flatMap(({ name }) => [
        [name, 403, 'role_required'],
        [name, 403, 'login_required'],
      ]),
    );
  });

  it('is closed to bots wherever it is a user’s alone', async () => {
    const closed = operations.filter((operation) => !isPublic(operation) && !isForBots(operation));
    const answers: unknown[] = [];

    for (const operation of closed) {
      const { status, body } = await call(bot(), operation, newId());
      answers.push([operation.name, status, body.code]);
    }

    expect(closed.length).toBeGreaterThan(50);
    expect(answers).toEqual(closed.map(({ name }) => [name, 403, 'bot_key_not_accepted']));
  });

  it('is closed to users, whatever their role, wherever it is for bots alone', async () => {
    const admin = await app.create.linkedUser();
    await app.get(Roles).change(admin.id as UserId, 'admin');
    await Authenticator.setUp(app, admin);
    const closed = operations.filter((operation) => isForBots(operation) && !isForUsers(operation));
    const answers: unknown[] = [];

    for (const operation of closed) {
      for (const client of [admin.browser, app.as(admin), app.browser()]) {
        const { status, body } = await call(client, operation, SOMEBODY);
        answers.push([operation.name, status, body.code]);
      }
    }

    expect(closed.length).toBeGreaterThan(4);
    expect(answers).toEqual(closed.flatMap(({ name }) => Array(3).fill([name, 401, 'bot_key_required'])));
  });

  it.each(operations.filter((each) => each.path.includes(BY_SNOWFLAKE) && isForUsers(each)))(
    'is shown by $name to its owner and to bots, and to others as if it were not there',
    async (operation) => {
      const owner = await app.create.linkedUser();
      await giveDiscord(app, owner, SOMEBODY);

      for (const client of [owner.browser, app.as(owner), bot()]) {
        expect((await call(client, operation, SOMEBODY)).status).toBe(200);
      }
      for (const client of [stranger.browser, app.as(stranger)]) {
        expect((await call(client, operation, SOMEBODY)).body).toMatchObject({ status: 404 });
      }
    },
  );
});
