import { jest } from '@jest/globals';
import { DataSource } from 'typeorm';

import type { TestUser } from './factories/factory.js';
import { eventually } from './support/eventually.js';
import { TestApp } from './support/test-app.js';
import type { TestClient } from './support/test-client.js';

const KEY = 'bot-key-of-the-tests-0123456789abcdef';
/** The fixed clock's first moment, less a minute. */
const PLAYED = Date.parse('2026-01-15T11:59:00.000Z') / 1000;

describe('the bot API', () => {
  let app: TestApp;
  let bot: TestClient;
  let people = 80351110224678000n;

  beforeAll(async () => {
    app = await TestApp.start({ BOT_API_KEY: KEY });
    bot = app.browser().with({ 'x-bot-key': KEY });
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  const somebody = (): string => String((people += 1n));
  const play = (discordUserId: string, track = 'La Femme') => ({
    discordUserId,
    artist: 'Air',
    track,
    timestamp: PLAYED,
  });
  const scrobble = async (entries: unknown, wait = 0) => (await bot.post(`/lfm/scrobble?wait=${wait}`, entries)).body;
  const announce = async (entries: unknown) => (await bot.post('/lfm/now-playing?wait=10', entries)).body.results;

  /** Goes to Last.fm in a browser that knows nothing of us. */
  const comeBack = async (discordUserId: string, username: string): Promise<{ browser: TestClient; state: string }> => {
    const { body } = await bot.get(`/lfm/auth/start?discordUserId=${discordUserId}&discordName=ada`);
    const callback = new URL(body.url).searchParams.get('cb') ?? '';
    const token = await app.lastfm.approve({ username, callback });
    const browser = app.browser();
    await browser.get(`/lfm/auth/callback?state=${body.state}&token=${token}`);
    return { browser, state: body.state };
  };
  const linked = async (username = `l${people}`): Promise<string> => {
    const discordUserId = somebody();
    const { browser, state } = await comeBack(discordUserId, username);
    expect((await browser.post('/lfm/auth/confirm', { state })).status).toBe(200);
    return discordUserId;
  };

  it('links somebody who was never here, once they have said yes to both names', async () => {
    const discordUserId = somebody();
    const { browser, state } = await comeBack(discordUserId, 'ada');
    expect((await bot.get(`/lfm/${discordUserId}`)).body).toMatchObject({
      status: 404,
      code: 'lastfm_account_not_linked',
    });

    expect((await browser.get(`/lfm/auth/pending?state=${state}`)).body).toMatchObject({
      username: 'ada',
      discord: { id: discordUserId, name: 'ada' },
    });
    await browser.post('/lfm/auth/confirm', { state });

    expect((await bot.get(`/lfm/${discordUserId}`)).body).toMatchObject({
      username: 'ada',
      state: 'linked',
      scrobblingEnabled: true,
    });
  });

  it('answers for each of 50 plays in their order, and one bad one fails alone', async () => {
    const discordUserId = await linked('ada');
    const entries: unknown[] = Array.from({ length: 50 }, (_, index) => play(discordUserId, `Track ${index}`));
    entries[7] = { ...play(discordUserId), timestamp: 'yesterday' };

    const { results } = await scrobble(entries);

    expect(results).toHaveLength(50);
    expect(results[7]).toMatchObject({ discordUserId, status: 'invalid', code: 'invalid_input' });
    expect(results.filter(({ status }: { status: string }) => status === 'queued')).toHaveLength(49);
    await app.deliver();
    expect(app.lastfm.scrobblesOf('ada')).toHaveLength(49);
    expect((await scrobble([])).code).toBe('invalid_input');
    expect((await scrobble(Array.from({ length: 51 }, () => play(discordUserId)))).code).toBe('invalid_input');
  });

  it('says of each play why it is not wanted', async () => {
    const [off, stranger, good] = [await linked('ada'), somebody(), await linked('grace')];
    await bot.put(`/lfm/${off}/toggle`, { scrobblingEnabled: false });

    const { results } = await scrobble([
      play(off),
      play(stranger),
      play('00123'),
      'nonsense',
      { ...play(good), artist: 'A\u0000' },
      { ...play(good), timestamp: PLAYED + 3600 },
      play(good),
    ]);

    expect(results.map(({ status, code }: { status: string; code?: string }) => [status, code])).toEqual([
      ['disabled', 'scrobbling_disabled'],
      ['not_linked', 'lastfm_account_not_linked'],
      ['invalid', 'invalid_snowflake'],
      ['invalid', 'invalid_input'],
      ['invalid', 'invalid_input'],
      ['invalid', 'played_in_future'],
      ['queued', undefined],
    ]);
  });

  it('takes one play that comes twice at once for one', async () => {
    const discordUserId = await linked('ada');

    const answers = await Promise.all([scrobble([play(discordUserId)]), scrobble([play(discordUserId)])]);

    expect(answers.map(({ results }) => results[0].status).sort()).toEqual(['duplicate', 'queued']);
  });

  it('waits for Last.fm’s word as long as it is asked to, and loses nothing', async () => {
    const discordUserId = await linked('ada');
    const answer = scrobble([play(discordUserId)], 10);
    const over = new AbortController();
    void answer.finally(() => {
      over.abort();
    });
    while (!over.signal.aborted) {
      await app.deliver();
    }

    expect((await answer).results[0]).toMatchObject({ status: 'accepted', scrobbleId: expect.any(String) });
  });

  it('holds plays of someone whose key Last.fm rejects', async () => {
    const discordUserId = await linked('ada');
    app.lastfm.faults.next({ kind: 'error', code: 9 });
    const [rejected] = await announce([play(discordUserId)]);
    expect(rejected).toMatchObject({ status: 'failed', code: 'lastfm_key_rejected' });

    const { results } = await scrobble([play(discordUserId)]);

    expect(results[0]).toMatchObject({ status: 'queued', code: 'key_rejected' });
    expect((await bot.get(`/lfm/${discordUserId}`)).body).toMatchObject({ state: 'rejected', held: 1 });
  });

  it('announces what plays to each listener, and the latest announcement stays', async () => {
    const [ada, grace, off] = [await linked('ada'), await linked('grace'), await linked('eve')];
    await bot.put(`/lfm/${off}/toggle`);

    const results = await announce([
      play(ada),
      play(somebody()),
      play(off),
      { ...play(grace), duration: -1 },
      play(grace),
    ]);

    expect(results.map(({ status }: { status: string }) => status)).toEqual([
      'accepted',
      'not_linked',
      'disabled',
      'invalid',
      'accepted',
    ]);
    await announce([play(ada, 'Two')]);
    expect(app.lastfm.nowPlayingOf('ada')).toMatchObject({ artist: 'Air', track: 'Two' });
    expect(app.lastfm.nowPlayingOf('grace')).toMatchObject({ track: 'La Femme' });
    expect(app.lastfm.nowPlayingOf('eve')).toBeNull();
  });

  it('is never told twice, whatever Last.fm answers', async () => {
    const ada = await linked('ada');
    app.lastfm.faults.next({ kind: 'error', code: 11 });

    expect(await announce([play(ada)])).toMatchObject([{ status: 'failed' }]);

    expect(app.lastfm.nowPlayingOf('ada')).toBeNull();
  });

  it('knows a connection without asking the database again, until it changes', async () => {
    const [discordUserId, replica] = [await linked('ada'), await app.startReplica()];
    try {
      const elsewhere = replica.browser().with({ 'x-bot-key': KEY });
      const path = `/lfm/${discordUserId}`;
      expect((await elsewhere.get(path)).status).toBe(200);
      const statements = jest.spyOn(replica.get(DataSource).createQueryRunner().constructor.prototype, 'query');
      expect((await elsewhere.get(path)).body).toMatchObject({ username: 'ada', scrobblingEnabled: true });
      expect(statements).not.toHaveBeenCalled();
      statements.mockRestore();

      await bot.put(`${path}/toggle`, { scrobblingEnabled: false });
      expect((await bot.get(path)).body.scrobblingEnabled).toBe(false);
      await eventually(
        () => elsewhere.get(path),
        ({ body }) => body.scrobblingEnabled === false,
      );
      expect((await bot.delete(path)).status).toBe(204);
      expect((await bot.get(path)).status).toBe(404);
      await eventually(
        () => elsewhere.get(path),
        ({ status }) => status === 404,
      );
    } finally {
      await replica.stop();
    }
  });

  it('leaves what failed to its person, or sends it again by itself for whoever wants that', async () => {
    const [ada, grace] = [await linked('ada'), await linked('grace')];
    const graceHerself = await ownerOf(grace);
    const chosen = await app.as(graceHerself).patch('/lfm/me', { retriesVoice: true });
    expect(chosen.body).toMatchObject({ retriesVoice: true, profileChecks: false });
    app.lastfm.faults.next({ kind: 'error', code: 11 });
    app.lastfm.faults.next({ kind: 'error', code: 11 });
    await scrobble([play(ada), play(grace)]);
    await app.deliver();
    const stateOf = async (discordUserId: string) =>
      (await bot.get(`/lfm/scrobbles/${discordUserId}`)).body.scrobbles[0].state as string;
    expect([await stateOf(ada), await stateOf(grace)]).toEqual(['failed', 'queued']);

    app.clock.advance({ minutes: 1 });
    await app.deliver();

    expect([await stateOf(ada), await stateOf(grace)]).toEqual(['failed', 'accepted']);
    expect(app.lastfm.scrobblesOf('grace')).toMatchObject([{ track: 'La Femme', timestamp: PLAYED }]);
    // What Last.fm refuses for good is not tried again for anybody.
    app.lastfm.faults.next({ kind: 'error', code: 6 });
    await scrobble([play(grace, 'Refused')]);
    await app.deliver();
    expect(await stateOf(grace)).toBe('failed');
  });

  it('shows a bot what voice brought, the owner everything, and anyone else nothing', async () => {
    const discordUserId = await linked('ada');
    const owner = await ownerOf(discordUserId);
    await app.as(owner).post('/scrobbles', { artist: 'Low', title: 'Words' });
    await scrobble([play(discordUserId)]);
    const path = `/lfm/scrobbles/${discordUserId}`;

    const { body } = await bot.get(`${path}?limit=5&startDate=2026-01-15&endDate=2026-01-15`);
    expect(body).toMatchObject({ scrobbles: [{ title: 'La Femme', source: 'voice' }], stats: { total: 1, failed: 0 } });
    expect((await app.as(owner).get(path)).body.stats).toEqual({ total: 2, failed: 0 });
    const stranger = await app.create.user();
    for (const response of [await app.as(stranger).get(path), await bot.get(`/lfm/scrobbles/${somebody()}`)]) {
      expect(response.body).toMatchObject({ status: 404, code: 'lastfm_account_not_linked' });
    }
  });

  it.each(['0', '00123', '18446744073709551616', 'ada', '-5'])('takes "%s" for nobody’s id', async (id) => {
    for (const response of [
      await bot.get(`/lfm/${id}`),
      await bot.delete(`/lfm/${id}`),
      await bot.get(`/lfm/scrobbles/${id}`),
      await bot.get(`/lfm/auth/start?discordUserId=${id}`),
    ]) {
      expect(response.body).toMatchObject({ status: 422, code: 'invalid_snowflake' });
    }
  });

  /** Gives a registered user the Discord identity, as linking Discord in the settings does. */
  const ownerOf = async (discordUserId: string): Promise<TestUser> => {
    const owner = await app.create.user();
    const [identity] = await app.sql<{ user_id: string }>(`select user_id from identity where subject = $1`, [
      discordUserId,
    ]);
    await app.sql('update api_token set user_id = $1 where user_id = $2', [identity?.user_id, owner.id]);
    return owner;
  };
});
