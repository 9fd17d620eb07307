import { track } from './factories/factory.js';
import { everythingStored } from './support/everything-stored.js';
import { TestApp } from './support/test-app.js';

describe('DELETE /me', () => {
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

  /** Someone who has left a trace in every table that knows users. */
  const busyUser = async () => {
    const user = await app.create.linkedUser();
    await app.lastfm.approve({ username: user.lastfmUsername });
    await user.browser.get('/lfm/auth/start');
    const playlist = await app.create.playlist(user, [track('One'), track('Two')]);
    const pace = { kind: 'interval', minutes: 1 };
    await user.browser.post('/scrobble-runs', { playlistId: playlist.id, pace, order: 'sequential', repeat: true });
    await app.tick();
    app.lastfm.faults.next({ kind: 'ignore', code: 1, index: 1 }, { method: 'track.scrobble' });
    const { body } = await user.browser.post('/scrobbles', [track('Three'), track('Four'), track('Four')]);
    await app.deliver();
    await user.browser.post(`/scrobbles/${body.items[1].id as string}/resend`);
    await app.sql(
      `insert into notification (id, user_id, kind, text, dedupe_key, created_at)
       values (gen_random_uuid(), $1, 'lastfm-rejected', 'Text', 'key', now())`,
      [user.id],
    );
    await user.browser.post('/me/export');
    return user;
  };

  it('leaves nothing of the user in any table, and everything of the others', async () => {
    const [user, other] = [await busyUser(), await busyUser()];
    const before = await everythingStored(app);
    expect(before).toContain(user.id);

    const { status, headers } = await user.browser.delete('/me');
    expect(status).toBe(204);
    expect(headers.get('set-cookie')).toMatch(/^sid=; Max-Age=0/);

    const after = await everythingStored(app);
    for (const trace of [user.id, user.email, user.lastfmUsername]) {
      expect(after).not.toContain(trace);
    }
    const rowsOf = (text: string) => text.split('\n').filter((row) => row.includes(other.id)).length;
    expect(rowsOf(after)).toBe(rowsOf(before));
  });

  it('ends every login session and token of the user, and frees the e-mail and the Last.fm account', async () => {
    const user = await busyUser();
    await user.browser.delete('/me');

    expect((await user.browser.get('/me')).status).toBe(401);
    expect((await app.as(user).get('/me')).status).toBe(401);
    const again = await app.create.linkedUser({ lastfmUsername: user.lastfmUsername });
    expect((await app.as(again).get('/lfm/me')).body).toMatchObject({ username: user.lastfmUsername });
    const { status } = await app
      .browser()
      .post('/auth/register', { email: user.email, password: user.password, displayName: 'Ada' });
    expect(status).toBe(201);
  });

  it('is not undone by a call to Last.fm that is under way', async () => {
    const user = await app.create.linkedUser();
    app.lastfm.faults.next({ kind: 'hook', run: () => user.browser.delete('/me') }, { method: 'track.scrobble' });
    await user.browser.post('/scrobbles', [track('One'), track('Two')]);
    await app.deliver();

    expect(app.lastfm.scrobblesOf(user.lastfmUsername)).toHaveLength(2);
    const traces = (await everythingStored(app)).split('\n').filter((row) => row.includes(user.id));
    expect(traces).toEqual([]);
  });

  it('is done once when it is asked for several times at once, and stops what else the user does at that moment', async () => {
    const user = await app.create.linkedUser();
    const answers = await Promise.all([
      ...[1, 2, 3].map(() => user.browser.delete('/me')),
      ...[1, 2, 3].map((i) => user.browser.post('/scrobbles', track(`Song ${i}`))),
      app.create.playlist(user),
    ]);

    const statuses = answers.flatMap((answer) => ('status' in answer ? [answer.status] : []));
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    expect(statuses.filter((status) => ![201, 204, 401].includes(status))).toEqual([]);
    expect(await everythingStored(app)).not.toContain(user.id);
  });

  it('is for a signed-in browser alone: a token that got lost must not be able to do it', async () => {
    const user = await app.create.user();
    const { status, body } = await app.as(user).delete('/me');
    expect({ status, code: body.code }).toEqual({ status: 403, code: 'login_required' });
    expect((await user.browser.get('/me')).status).toBe(200);
  });
});
