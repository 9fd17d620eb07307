import { TestApp } from './support/test-app.js';

const ARABELLA = { artist: 'Arctic Monkeys', title: 'Arabella', album: 'AM', durationSeconds: 207 };

describe('/scrobbles', () => {
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

  describe('POST', () => {
    it('records one play at once, and delivers it with all that is known of it', async () => {
      const user = await app.create.linkedUser();

      const { status, body } = await app.as(user).post('/scrobbles', { ...ARABELLA, playedAt: '2026-01-15T11:58:00Z' });
      expect(status).toBe(201);
      expect(body.items).toHaveLength(1);
      expect(body.items[0]).toMatchObject({
        ...ARABELLA,
        albumArtist: null,
        playedAt: '2026-01-15T11:58:00.000Z',
        state: 'queued',
        source: 'manual',
        provenance: 'manual',
        verdict: null,
        attempts: 0,
        deadlineAt: '2026-01-29T11:58:00.000Z',
        duplicateOf: null,
      });

      await app.deliver();
      expect(app.lastfm.scrobblesOf(user.lastfmUsername)).toMatchObject([
        {
          artist: 'Arctic Monkeys',
          track: 'Arabella',
          album: 'AM',
          durationSeconds: 207,
          timestamp: Date.UTC(2026, 0, 15, 11, 58) / 1000,
        },
      ]);
      const delivered = await app.as(user).get(`/scrobbles/${body.items[0].id}`);
      expect(delivered.body).toMatchObject({
        state: 'accepted',
        reason: null,
        verdict: { code: 0, corrected: null },
        attempts: 1,
        sentAt: '2026-01-15T12:00:00.000Z',
      });
    });

    it('lays a list without times out as if it had just been played through, the last track starting now', async () => {
      const user = await app.create.linkedUser();
      const list = [
        { artist: 'Low', title: 'One', durationSeconds: 100 },
        { artist: 'Low', title: 'Two' },
        { artist: 'Low', title: 'Three', durationSeconds: 300 },
      ];

      const { body } = await app.as(user).post('/scrobbles', list);

      expect(body.items.map((item: { title: string }) => item.title)).toEqual(['One', 'Two', 'Three']);
      expect(body.items.map((item: { playedAt: string }) => item.playedAt)).toEqual([
        '2026-01-15T11:54:50.000Z',
        '2026-01-15T11:56:30.000Z',
        '2026-01-15T12:00:00.000Z',
      ]);
    });

    it('keeps what is older than 14 days in the ledger and never sends it', async () => {
      const user = await app.create.linkedUser();
      const { body } = await app.as(user).post('/scrobbles', { ...ARABELLA, playedAt: '2026-01-01T11:59:59Z' });
      await app.deliver();

      expect(body.items[0]).toMatchObject({ state: 'archived', reason: 'older_than_14_days' });
      expect(app.lastfm.scrobblesOf(user.lastfmUsername)).toEqual([]);
    });

    it('refuses a play of a year that was a slip of the pen', async () => {
      const user = await app.create.linkedUser();

      const { body } = await app.as(user).post('/scrobbles', { ...ARABELLA, playedAt: '0000-01-15T12:02:00Z' });

      expect(body).toMatchObject({ status: 422, code: 'played_at_too_early' });
    });

    it('refuses a play in the future and records nothing of its list', async () => {
      const user = await app.create.linkedUser();
      const list = [ARABELLA, { ...ARABELLA, title: 'R U Mine?', playedAt: '2026-01-15T12:02:00Z' }];

      const { status, body } = await app.as(user).post('/scrobbles', list);

      expect({ status, code: body.code }).toEqual({ status: 422, code: 'played_at_in_future' });
      expect((await app.as(user).get('/scrobbles')).body).toEqual({ items: [], total: 0 });
    });

    it.each([
      { name: 'no title', body: { artist: 'Low' }, path: 'title' },
      { name: 'an empty artist', body: { artist: '  ', title: 'x' }, path: 'artist' },
      { name: 'a NUL in the title', body: { artist: 'Low', title: 'a\u0000b' }, path: 'title' },
      { name: 'an artist of 5 kB', body: { artist: 'x'.repeat(5_000), title: 'x' }, path: 'artist' },
      { name: 'an unknown field', body: { artist: 'Low', title: 'x', loved: true }, path: '' },
      { name: 'a time without a zone', body: { ...ARABELLA, playedAt: '2026-01-15 12:00' }, path: 'playedAt' },
    ])('refuses $name', async ({ body, path }) => {
      const user = await app.create.linkedUser();
      const response = await app.as(user).post('/scrobbles', body);

      expect(response.status).toBe(422);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect(response.body).toMatchObject({ code: 'invalid_input', errors: [{ path }] });
    });

    it('records the longest names there may be, of letters that take the most room, and knows them again', async () => {
      const user = await app.create.linkedUser();
      const letters = (from: number): string =>
        Array.from({ length: 1_000 }, (_, i) => String.fromCodePoint(from + ((i * 7_919) % 9_973))).join('');
      const longest = { artist: letters(0x4e00), title: letters(0x5000), playedAt: '2026-01-15T11:00:00Z' };

      const { status, body } = await app.as(user).post('/scrobbles', longest);
      expect(status).toBe(201);
      expect(body.items[0]).toMatchObject({ artist: longest.artist, title: longest.title });
      const again = await app.as(user).post('/scrobbles', longest);
      expect(again.body.items[0]).toMatchObject({ state: 'duplicate', duplicateOf: body.items[0].id });
    });

    it('takes an emoji, Japanese and Ukrainian as they are', async () => {
      const user = await app.create.linkedUser();
      await app.as(user).post('/scrobbles', [
        { artist: '優里', title: 'ドライフラワー' },
        { artist: 'Океан Ельзи', title: '🎶 Обійми' },
      ]);
      await app.deliver();

      expect(app.lastfm.scrobblesOf(user.lastfmUsername).map(({ artist, track }) => [artist, track])).toEqual([
        ['優里', 'ドライフラワー'],
        ['Океан Ельзи', '🎶 Обійми'],
      ]);
    });
  });

  describe('duplicates', () => {
    const at = (second: string) => ({ ...ARABELLA, playedAt: `2026-01-15T11:00:${second}Z` });

    it('records a second sighting of a play as a duplicate of the first, and sends one', async () => {
      const user = await app.create.linkedUser();
      const { body: first } = await app.as(user).post('/scrobbles', at('00'));
      const { body: second } = await app.as(user).post('/scrobbles', { ...at('30'), artist: 'ARCTIC  monkeys' });
      await app.deliver();

      expect(second.items[0]).toMatchObject({
        state: 'duplicate',
        reason: 'same_play',
        duplicateOf: first.items[0].id,
      });
      expect(app.lastfm.scrobblesOf(user.lastfmUsername)).toHaveLength(1);
    });

    it('keeps a real repeat', async () => {
      const user = await app.create.linkedUser();
      const { body } = await app.as(user).post('/scrobbles', [at('00'), at('31')]);

      expect(body.items.map((item: { state: string }) => item.state)).toEqual(['queued', 'queued']);
    });

    it('keeps a real repeat of a short track, whichever source knows its length', async () => {
      const user = await app.create.linkedUser();
      const jingle = { artist: 'Low', title: 'Jingle' };
      const { body } = await app.as(user).post('/scrobbles', [
        { ...jingle, durationSeconds: 20, playedAt: '2026-01-15T11:00:00Z' },
        { ...jingle, playedAt: '2026-01-15T11:00:25Z' },
      ]);

      expect(body.items.map((item: { state: string }) => item.state)).toEqual(['queued', 'queued']);
    });

    it('makes one scrobble of ten simultaneous sightings', async () => {
      const user = await app.create.linkedUser();
      const responses = await Promise.all(Array.from({ length: 10 }, () => app.as(user).post('/scrobbles', at('00'))));
      await app.deliver();

      const states = responses.map(({ body }) => body.items[0].state).sort();
      expect(states).toEqual([...Array<string>(9).fill('duplicate'), 'queued']);
      expect(app.lastfm.scrobblesOf(user.lastfmUsername)).toHaveLength(1);
    });

    it('makes one scrobble of a run and a person who record the same play at the same time', async () => {
      const user = await app.create.linkedUser();
      const playlist = await app.create.playlist(user, [
        { artist: 'arctic monkeys', title: 'Arabella', durationSeconds: 207 },
      ]);
      const pace = { kind: 'interval', minutes: 1 };
      await app.as(user).post('/scrobble-runs', { playlistId: playlist.id, pace, order: 'sequential', repeat: false });
      await Promise.all([
        app.tick(),
        app.as(user).post('/scrobbles', { ...ARABELLA, playedAt: '2026-01-15T12:00:10Z' }),
      ]);
      await app.deliver();

      const { body } = await app.as(user).get('/scrobbles');
      expect(body.items.map((item: { source: string }) => item.source).sort()).toEqual(['manual', 'run']);
      expect(body.items.map((item: { state: string }) => item.state).sort()).toEqual(['accepted', 'duplicate']);
      expect(app.lastfm.scrobblesOf(user.lastfmUsername)).toHaveLength(1);
    });

    it("does not mind another user's play", async () => {
      const [ada, ben] = [await app.create.linkedUser(), await app.create.linkedUser()];
      await app.as(ada).post('/scrobbles', at('00'));
      const { body } = await app.as(ben).post('/scrobbles', at('00'));

      expect(body.items[0].state).toBe('queued');
    });
  });

  describe('GET', () => {
    const record = async (user: { token: string }) => {
      await app.as(user).post('/scrobbles', [
        { artist: 'Low', title: 'Words', album: 'I Could Live in Hope', playedAt: '2026-01-12T10:00:00Z' },
        { artist: 'Sigur Rós', title: 'Hoppípolla', playedAt: '2026-01-13T23:59:59Z' },
        { artist: 'Beck', title: '100% Beck', playedAt: '2026-01-14T10:00:00Z' },
      ]);
    };
    const titles = async (user: { token: string }, query: string): Promise<string[]> => {
      const { body } = await app.as(user).get(`/scrobbles?${query}`);
      return body.items.map((item: { title: string }) => item.title);
    };

    it.each([
      ['', ['100% Beck', 'Hoppípolla', 'Words']],
      ['startDate=2026-01-13', ['100% Beck', 'Hoppípolla']],
      ['endDate=2026-01-13', ['Hoppípolla', 'Words']],
      ['startDate=2026-01-13&endDate=2026-01-13', ['Hoppípolla']],
      ['endDate=2026-01-13T23:59:59Z', ['Words']],
      ['q=LIVE%20in', ['Words']],
      ['q=100%25', ['100% Beck']],
      ['q=_', []],
      ['state=queued&source=manual', ['100% Beck', 'Hoppípolla', 'Words']],
      ['state=failed', []],
      ['source=run', []],
      ['limit=1&offset=1', ['Hoppípolla']],
    ])('answers ?%s newest first', async (query, expected) => {
      const user = await app.create.linkedUser();
      await record(user);
      expect(await titles(user, query)).toEqual(expected);
    });

    it('answers 50 unless asked otherwise, 1,000 at most, with the total', async () => {
      const user = await app.create.linkedUser();
      const tracks = Array.from({ length: 60 }, (_, i) => ({ artist: 'Low', title: `Song ${i}` }));
      await app.as(user).post('/scrobbles', tracks);

      const { body } = await app.as(user).get('/scrobbles');
      expect(body.items).toHaveLength(50);
      expect(body.total).toBe(60);
      expect((await app.as(user).get('/scrobbles?limit=1000')).body.items).toHaveLength(60);
      expect((await app.as(user).get('/scrobbles?limit=1001')).status).toBe(422);
      expect((await app.as(user).get('/scrobbles?startDate=yesterday')).body.code).toBe('invalid_input');
    });

    it("never shows another user's scrobbles", async () => {
      const [ada, ben] = [await app.create.linkedUser(), await app.create.linkedUser()];
      const { body } = await app.as(ada).post('/scrobbles', ARABELLA);

      expect((await app.as(ben).get('/scrobbles')).body.total).toBe(0);
      const stolen = await app.as(ben).get(`/scrobbles/${body.items[0].id}`);
      expect({ status: stolen.status, code: stolen.body.code }).toEqual({ status: 404, code: 'scrobble_not_found' });
    });
  });
});
