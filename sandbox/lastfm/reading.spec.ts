import type { LastfmSandbox } from './index.js';
import { API_KEY, ApiClient, MovedClock, NOON, encode, play, startSandbox } from './testing/api-client.js';

interface RecentTracks {
  recenttracks: { track: { name: string; '@attr'?: unknown }[]; '@attr': Record<string, string> };
}

describe('Reading', () => {
  const clock = new MovedClock();
  let sandbox: LastfmSandbox;
  let client: ApiClient;
  let sk: string;

  beforeAll(async () => {
    sandbox = await startSandbox(clock);
    client = new ApiClient(sandbox);
  });

  beforeEach(() => {
    sandbox.reset();
    sk = sandbox.createSessionKey('alice');
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const titles = async (params: Record<string, string | number> = {}) => {
    const { body } = await client.get('user.getRecentTracks', { user: 'alice', ...params });
    const { track } = (body as unknown as RecentTracks).recenttracks;
    return [track].flat().map(({ name }) => name);
  };

  /** One, Two, Three and so on, ten seconds apart, but sent in a muddle. */
  const scrobbleFive = () =>
    client.scrobble(
      sk,
      ...[3, 1, 5, 2, 4].map((number) => play({ track: `No. ${number}`, timestamp: NOON - 100 + number * 10 })),
    );

  describe('user.getRecentTracks', () => {
    it('answers an empty list as [], and XML without children', async () => {
      const { body } = await client.get('user.getRecentTracks', { user: 'alice' });
      const query = encode({ method: 'user.getRecentTracks', user: 'alice', api_key: API_KEY });
      const xml = await (await fetch(`${sandbox.apiUrl}?${query}`)).text();

      expect(body).toEqual({
        recenttracks: {
          track: [],
          '@attr': { user: 'alice', page: '1', perPage: '50', totalPages: '0', total: '0' },
        },
      });
      expect(xml).toContain(
        '<recenttracks user="alice" page="1" perPage="50" totalPages="0" total="0"></recenttracks>',
      );
    });

    it('answers one track as an object', async () => {
      await client.scrobble(sk, play());

      const { body } = await client.get('user.getRecentTracks', { user: 'alice' });

      expect(body.recenttracks).toMatchObject({
        track: {
          artist: { mbid: '', '#text': 'Arctic Monkeys' },
          album: { mbid: '', '#text': 'AM' },
          name: 'Arabella',
          mbid: '',
          url: 'https://www.last.fm/music/Arctic+Monkeys/_/Arabella',
          streamable: '0',
          image: [{ size: 'small' }, { size: 'medium' }, { size: 'large' }, { size: 'extralarge' }],
          date: { uts: String(NOON - 60), '#text': '21 Nov 2026, 11:59' },
        },
      });
    });

    it('has the newest play first and pages through the rest', async () => {
      await scrobbleFive();

      expect(await titles()).toEqual(['No. 5', 'No. 4', 'No. 3', 'No. 2', 'No. 1']);
      expect(await titles({ limit: 2, page: 2 })).toEqual(['No. 3', 'No. 2']);
      expect(await titles({ limit: 2, page: 3 })).toEqual(['No. 1']);
    });

    it('includes from and excludes to', async () => {
      await scrobbleFive();

      expect(await titles({ from: NOON - 80, to: NOON - 60 })).toEqual(['No. 3', 'No. 2']);
      expect(await titles({ from: NOON - 61, to: NOON - 59 })).toEqual(['No. 4']);
      expect(await titles({ from: NOON - 49 })).toEqual([]);
    });

    it('puts the track playing now first on every page, beyond the limit and without a date', async () => {
      await scrobbleFive();
      await client.post('track.updateNowPlaying', { sk, artist: 'Air', track: 'Now' });

      const { body } = await client.get('user.getRecentTracks', { user: 'alice', limit: 2, page: 2 });
      const { recenttracks } = body as unknown as RecentTracks;

      expect(recenttracks.track.map(({ name }) => name)).toEqual(['Now', 'No. 3', 'No. 2']);
      expect(recenttracks.track[0]).toMatchObject({ '@attr': { nowplaying: 'true' } });
      expect(recenttracks.track[0]).not.toHaveProperty('date');
      expect(recenttracks['@attr']).toMatchObject({ total: '5', totalPages: '3' });
    });

    it('tells more about the artist, and of love, when extended', async () => {
      await client.scrobble(sk, play());
      await client.post('track.love', { sk, artist: 'arctic monkeys', track: 'arabella' });

      const { body } = await client.get('user.getRecentTracks', { user: 'alice', extended: 1 });

      expect(body.recenttracks).toMatchObject({
        track: { artist: { name: 'Arctic Monkeys', mbid: '' }, loved: '1', name: 'Arabella' },
      });
    });

    it('is refused with 17 to others, and open to its owner, when private', async () => {
      await client.scrobble(sk, play());
      sandbox.setPrivate('alice', true);
      const stranger = sandbox.createSessionKey('bob');

      const byNobody = await client.get('user.getRecentTracks', { user: 'alice' });
      const byStranger = await client.post('user.getRecentTracks', { user: 'alice', sk: stranger });
      const byOwner = await client.post('user.getRecentTracks', { user: 'alice', sk });

      expect([byNobody.status, byNobody.body.error]).toEqual([403, 17]);
      expect([byStranger.status, byStranger.body.error]).toEqual([403, 17]);
      expect(byOwner.body.recenttracks).toMatchObject({ track: { name: 'Arabella' } });
    });
  });

  it('user.getInfo counts, with a number where Last.fm has one', async () => {
    await client.scrobble(sk, play(), play({ track: 'R U Mine?' }));

    expect((await client.get('user.getInfo', { user: 'ALICE' })).body.user).toMatchObject({
      name: 'alice',
      url: `${sandbox.origin}/user/alice`,
      playcount: '2',
      artist_count: '1',
      track_count: '2',
      registered: { unixtime: String(NOON), '#text': NOON },
    });
  });

  it('user.getInfo is about the caller when it names nobody', async () => {
    expect((await client.post('user.getInfo', { sk })).body.user).toMatchObject({ name: 'alice' });
    expect((await client.get('user.getInfo')).body.error).toBe(6);
  });

  describe('with some listening', () => {
    beforeEach(async () => {
      await client.scrobble(
        sk,
        play({ track: 'Old', timestamp: NOON - 8 * 86_400 }),
        play({ artist: 'Air', track: 'Kelly', album: 'Moon Safari', duration: 205 }),
        play({ artist: 'AIR', track: 'kelly', album: 'Moon Safari', timestamp: NOON - 30 }),
        play({ artist: 'Air', track: 'La Femme', album: 'Moon Safari', albumArtist: 'Air', timestamp: NOON - 20 }),
      );
      await client.scrobble(sandbox.createSessionKey('bob'), play({ artist: 'Air', track: 'Kelly' }));
    });

    it('user.getTopArtists ranks by plays', async () => {
      const { body } = await client.get('user.getTopArtists', { user: 'alice' });

      expect(body.topartists).toMatchObject({
        artist: [
          { name: 'Air', playcount: '3', '@attr': { rank: '1' } },
          { name: 'Arctic Monkeys', playcount: '1', '@attr': { rank: '2' } },
        ],
        '@attr': { user: 'alice', total: '2' },
      });
    });

    it('user.getTopTracks keeps to its period and gives seconds', async () => {
      const { body } = await client.get('user.getTopTracks', { user: 'alice', period: '7day', limit: 1 });

      expect(body.toptracks).toMatchObject({
        track: { name: 'Kelly', duration: '205', playcount: '2', artist: { name: 'Air' } },
        '@attr': { total: '2', totalPages: '2' },
      });
    });

    it('user.getTopTracks refuses a period that there is not', async () => {
      expect((await client.get('user.getTopTracks', { user: 'alice', period: '2day' })).body.error).toBe(6);
    });

    it('track.search finds by title and artist, over all users', async () => {
      const { body } = await client.get('track.search', { track: 'kelly air' });

      expect(body.results).toMatchObject({
        'opensearch:totalResults': '1',
        'opensearch:Query': { role: 'request', startPage: '1' },
        trackmatches: { track: { name: 'Kelly', artist: 'Air', listeners: '2', streamable: 'FIXME' } },
      });
    });

    it('artist.search and album.search find by name', async () => {
      const artists = await client.get('artist.search', { artist: 'ai' });
      const albums = await client.get('album.search', { album: 'moon' });

      expect(artists.body.results).toMatchObject({ artistmatches: { artist: { name: 'Air' } } });
      expect(albums.body.results).toMatchObject({ albummatches: { album: { name: 'Moon Safari', artist: 'Air' } } });
    });

    it('a search that finds nothing answers 200 and []', async () => {
      const { status, body } = await client.get('track.search', { track: 'nothing', artist: 'nobody' });

      expect(status).toBe(200);
      expect(body.results).toMatchObject({ 'opensearch:totalResults': '0', trackmatches: { track: [] } });
    });

    it('track.getInfo gives milliseconds and the plays of a user', async () => {
      const { body } = await client.get('track.getInfo', { artist: 'air', track: 'KELLY', username: 'alice' });

      expect(body.track).toMatchObject({
        name: 'Kelly',
        duration: '205000',
        listeners: '2',
        playcount: '3',
        userplaycount: '2',
        userloved: '0',
        album: { title: 'Moon Safari' },
        toptags: { tag: [] },
      });
    });

    it('album.getInfo gives its tracks with seconds, or null', async () => {
      const { body } = await client.get('album.getInfo', { artist: 'Air', album: 'moon safari' });

      expect(body.album).toMatchObject({
        name: 'Moon Safari',
        playcount: '3',
        tracks: {
          track: [
            { name: 'Kelly', duration: 205 },
            { name: 'La Femme', duration: null },
          ],
        },
        tags: '',
      });
    });

    it.each([
      ['track.getInfo', { artist: 'Air', track: 'Never Played' }],
      ['album.getInfo', { artist: 'Air', album: 'Never Made' }],
    ])('%s answers error 6 for what nobody has played', async (method, params) => {
      expect((await client.get(method, params)).body.error).toBe(6);
    });
  });
});
