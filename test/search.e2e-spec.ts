import { track, type TestUser } from './factories/factory.js';
import { PlatformHosts } from './support/platform-hosts.js';
import { TestApp } from './support/test-app.js';

const DEADLINE_MS = 400;

interface Answer {
  items: Array<{ artist: string; title: string; sources: Array<{ platform: string }> }>;
  platforms: Array<{ platform: string; state: string; found: number }>;
}

describe('GET /search', () => {
  let app: TestApp;
  let hosts: PlatformHosts;
  let ada: TestUser;

  beforeAll(async () => {
    hosts = await PlatformHosts.start(() => app.clock.now());
    app = await TestApp.start({ ...hosts.environment, SEARCH_DEADLINE_MS: String(DEADLINE_MS) });
  });

  beforeEach(async () => {
    ada = await app.create.linkedUser();
  });

  afterEach(async () => {
    await app.reset();
    hosts.reset();
  });

  afterAll(async () => {
    await app.stop();
    await hosts.stop();
  });

  /** Last.fm finds what anyone has scrobbled. */
  const scrobble = async (artist: string, title: string) => {
    await app.as(ada).post('/scrobbles', { artist, title });
    await app.deliver();
    app.clock.advance({ minutes: 5 });
  };
  const search = async (query: string) => {
    const { status, body } = await app.as(ada).get(`/search?${query}`);
    expect(status).toBe(200);
    return body as Answer;
  };
  const summary = ({ items, platforms }: Answer) => ({
    hits: items.map(({ title, sources }) => `${title}: ${sources.map(({ platform }) => platform).join(', ')}`),
    ...Object.fromEntries(platforms.map(({ platform, state }) => [platform, state])),
  });

  it('finds a track at every source, once, and names the sources', async () => {
    const { id } = await app.create.playlist(
      ada,
      [track('Sinnerman 100%'), track('Sinnermän'), track('Roads')],
      'Mine',
    );
    const eve = await app.create.user();
    await app.create.playlist(eve, [track('Sinnerman of Eve')]);
    await scrobble('The Examples', 'Sinnerman');

    const found = await search('q=examples%20SINNERM');

    expect(found).toMatchObject({
      total: 2,
      items: [
        {
          artist: 'The Examples',
          title: 'Sinnermän',
          album: null,
          durationSeconds: 180,
          sources: [
            { platform: 'playlists', playlist: { id, title: 'Mine' } },
            { platform: 'lastfm', playlist: null },
          ],
        },
        { title: 'Sinnerman 100%', sources: [{ platform: 'playlists' }] },
      ],
    });
    expect(found.items[0]!.sources[1]).toMatchObject({ url: expect.stringContaining('http') });
    expect(found.platforms).toEqual(
      expect.arrayContaining([
        { platform: 'playlists', state: 'answered', found: 2 },
        { platform: 'lastfm', state: 'answered', found: 1 },
      ]),
    );
    expect(summary(await search('q=100%25&platform=playlists')).hits).toEqual(['Sinnerman 100%: playlists']);
    expect(summary(await search('q=sinnerm&limit=1')).hits).toHaveLength(1);
  });

  it('finds at Deezer for everybody, and at Spotify for those who have connected it', async () => {
    const before = await search('q=otis%20neon%20lucy');
    await hosts.connect(app, ada);
    const after = await search('q=otis%20neon%20lucy');

    expect(summary(before)).toMatchObject({ hits: ['Lucy: deezer'], deezer: 'answered', spotify: 'not_connected' });
    expect(summary(after)).toMatchObject({ hits: ['Lucy: spotify, deezer'], deezer: 'answered', spotify: 'answered' });
    expect(after.items[0]).toMatchObject({
      artist: 'Otis Neon',
      durationSeconds: expect.any(Number),
      sources: [
        { url: expect.stringMatching(/^https:\/\/open\.spotify\.com\/track\/\w+$/) },
        { url: expect.stringMatching(/^https:\/\/www\.deezer\.com\/track\/\d+$/) },
      ],
    });
  });

  it('answers with the rest when Deezer wants to be left alone', async () => {
    await app.create.playlist(ada, [track('Sinnerman')]);
    const asked = Array.from({ length: 50 }, () => search('q=sinnerman&platform=deezer'));
    await Promise.all(asked);

    expect(summary(await search('q=sinnerman'))).toMatchObject({ hits: ['Sinnerman: playlists'], deezer: 'failed' });
    app.clock.advance({ seconds: 10 });
    expect(summary(await search('q=sinnerman'))).toMatchObject({ deezer: 'answered' });
  });

  it('asks one platform alone where only that is wanted', async () => {
    await app.create.playlist(ada, [track('Sinnerman')]);
    await scrobble('Nina Simone', 'Sinnerman');

    expect(summary(await search('q=sinnerman&platform=lastfm'))).toEqual({
      hits: ['Sinnerman: lastfm'],
      lastfm: 'answered',
    });
  });

  it('answers with what the others have found when one stalls past its deadline, and when one fails', async () => {
    await app.create.playlist(ada, [track('Sinnerman')]);
    let release = () => {};
    const stalled = new Promise<void>((resolve) => {
      release = resolve;
    });
    app.lastfm.faults.next({ kind: 'hook', run: () => stalled }, { method: 'track.search' });

    const late = await search('q=sinnerman');
    release();
    app.lastfm.faults.next({ kind: 'error', code: 11 }, { method: 'track.search' });
    const down = await search('q=sinnerman');

    expect(summary(late)).toMatchObject({ hits: ['Sinnerman: playlists'], playlists: 'answered', lastfm: 'timed_out' });
    expect(summary(down)).toMatchObject({ hits: ['Sinnerman: playlists'], playlists: 'answered', lastfm: 'failed' });
  });

  it('wants somebody who is signed in, and something to search for', async () => {
    expect((await app.browser().get('/search?q=x')).body).toMatchObject({ status: 401, code: 'not_signed_in' });
    for (const query of ['', 'q=', 'q=%20', 'q=a%00b', `q=${'x'.repeat(201)}`, 'q=x&platform=tidal', 'q=x&limit=51']) {
      expect((await app.as(ada).get(`/search?${query}`)).body).toMatchObject({ status: 422, code: 'invalid_input' });
    }
  });
});
