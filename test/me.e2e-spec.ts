import { TestApp } from './support/test-app.js';

describe('/me', () => {
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

  it('says who is signed in, to a browser and to a personal token alike', async () => {
    const user = await app.create.user();

    const me = {
      id: user.id,
      email: user.email,
      displayName: 'Ada',
      role: 'user',
      timeZone: 'UTC',
      profilePublic: false,
      statisticsPublic: false,
      createdAt: '2026-01-15T12:00:00.000Z',
    };
    expect((await user.browser.get('/me')).body).toEqual(me);
    expect((await app.as(user).get('/me')).body).toEqual(me);
  });

  it('is for nobody else', async () => {
    await app.create.user();

    expect((await app.browser().get('/me')).body).toMatchObject({ status: 401, code: 'not_signed_in' });
    expect((await app.browser().patch('/me', {})).body).toMatchObject({ status: 401, code: 'not_signed_in' });
  });

  it('changes the name and the time zone, each alone or both together', async () => {
    const { browser } = await app.create.user();

    await browser.patch('/me', { displayName: '  Grace 🎧 ' });
    expect((await browser.get('/me')).body).toMatchObject({ displayName: 'Grace 🎧', timeZone: 'UTC' });
    await browser.patch('/me', { timeZone: 'Asia/Kolkata' });
    expect((await browser.get('/me')).body).toMatchObject({ displayName: 'Grace 🎧', timeZone: 'Asia/Kolkata' });
    const both = await browser.patch('/me', { displayName: 'Ada', timeZone: 'Europe/Berlin' });
    expect(both.body).toMatchObject({ displayName: 'Ada', timeZone: 'Europe/Berlin' });
  });

  it.each([
    ['profilePublic', 'statisticsPublic'],
    ['statisticsPublic', 'profilePublic'],
  ])('makes %s only when asked to, and leaves %s private', async (chosen, other) => {
    const { browser } = await app.create.user();

    const { body } = await browser.patch('/me', { [chosen]: true });
    expect(body).toMatchObject({ [chosen]: true, [other]: false });
    expect((await browser.patch('/me', { displayName: 'Grace' })).body).toMatchObject({
      [chosen]: true,
      [other]: false,
    });
    expect((await browser.patch('/me', { [chosen]: false })).body).toMatchObject({ [chosen]: false, [other]: false });
    expect((await browser.patch('/me', { [other]: 'yes' })).status).toBe(422);
  });

  it('changes nothing when nothing is sent', async () => {
    const { browser } = await app.create.user();

    const { status, body } = await browser.patch('/me', {});

    expect({ status, body }).toMatchObject({ status: 200, body: { displayName: 'Ada', timeZone: 'UTC' } });
  });

  it('keeps both of two changes made at the same time', async () => {
    const { browser } = await app.create.user();

    for (let round = 1; round <= 20; round += 1) {
      const changes = { displayName: `Ada ${round}`, timeZone: round % 2 === 0 ? 'UTC' : 'Asia/Tokyo' };
      await Promise.all(Object.entries(changes).map(([name, value]) => browser.patch('/me', { [name]: value })));
      expect((await browser.get('/me')).body).toMatchObject(changes);
    }
  });

  it.each([
    { wrong: 'an empty name', change: { displayName: ' ' }, path: 'displayName' },
    { wrong: 'a name of 61 characters', change: { displayName: 'x'.repeat(61) }, path: 'displayName' },
    { wrong: 'no name', change: { displayName: null }, path: 'displayName' },
    { wrong: 'an unknown time zone', change: { timeZone: 'Mars/Olympus' }, path: 'timeZone' },
    { wrong: 'a role', change: { role: 'admin' }, path: '' },
    { wrong: 'an e-mail address', change: { email: 'eve@example.org' }, path: '' },
  ])('refuses $wrong and says where', async ({ change, path }) => {
    const { browser } = await app.create.user();

    const { status, body } = await browser.patch('/me', change);

    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'invalid_input', errors: [{ path }] });
    expect((await browser.get('/me')).body).toMatchObject({ displayName: 'Ada', timeZone: 'UTC', role: 'user' });
  });

  it('hides users from each other', async () => {
    const [ada, grace] = [await app.create.user(), await app.create.user({ displayName: 'Grace' })];

    await app.as(ada).patch('/me', { displayName: 'Augusta' });

    expect((await app.as(grace).get('/me')).body).toMatchObject({ id: grace.id, displayName: 'Grace' });
  });
});
