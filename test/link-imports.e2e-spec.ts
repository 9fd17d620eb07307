import { readdirSync, readFileSync } from 'node:fs';

import { WaitingImports } from '../src/modules/playlists/link-imports/waiting-imports.js';
import type { TestUser } from './factories/factory.js';
import { PlatformHosts } from './support/platform-hosts.js';
import { TestApp } from './support/test-app.js';
import type { TestResponse } from './support/test-client.js';

interface ArchivedTrack {
  title: string;
  artists: string[];
  album: string;
  durationSeconds: number;
  spotifyTrackId: string;
  spotifyArtistIds: string[];
}

interface Track {
  artist: string;
  title: string;
}

const SLUGS = readdirSync('samples/playlists')
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace('.json', ''));

describe('/playlists/import by link', () => {
  let app: TestApp;
  let hosts: PlatformHosts;
  let user: TestUser;
  let tests = 0;

  beforeAll(async () => {
    hosts = await PlatformHosts.start(() => app.clock.now());
    app = await TestApp.start(hosts.environment);
  });

  beforeEach(async () => {
    // Each on days of its own: what was counted against a quota is over.
    tests += 1;
    app.clock.advance({ days: 2 * tests });
    user = await app.create.user();
  });

  afterEach(async () => {
    await app.reset();
    hosts.reset();
  });

  afterAll(async () => {
    await app.stop();
    await hosts.stop();
  });

  const importLink = (url: string, title?: string) => user.browser.post('/playlists/import', { url, title });
  const find = async (id: string) => (await user.browser.get(`/playlists/imports/${id}`)).body;
  const tracksOf = async (id: string): Promise<Track[]> => (await user.browser.get(`/playlists/${id}`)).body.tracks;
  const titlesOf = async (id: string) => (await tracksOf(id)).map(({ title }) => title);
  /** Lets everything that waits go on until nothing does. */
  const finish = async (id: string) => {
    for (let round = 0; round < 20; round += 1) {
      await app.doJobs();
      const one = await find(id);
      if (one.resumesAt === null) {
        return one;
      }
      app.clock.set(one.resumesAt);
      await app.get(WaitingImports).tick();
    }
    throw new Error('It waits for ever.');
  };
  /** The playlist, whether it was made at once or in the background. */
  const playlistOf = async ({ status, body }: TestResponse): Promise<string> =>
    status === 201 ? body.playlist.id : (await finish(body.importId)).playlistId;
  const asCsv = (tracks: ArchivedTrack[]): string => {
    const quoted = (field: unknown) => `"${String(field).replaceAll('"', '""')}"`;
    const header = ['Track Name', 'Artist URI(s)', 'Artist Name(s)', 'Album Name', 'Track Duration (ms)'];
    const rows = tracks.map((track) => [
      ...[track.title, track.spotifyArtistIds.join(', ')],
      ...[track.artists.map((artist) => artist.replaceAll(',', '\\,')).join(', '), track.album],
      track.durationSeconds * 1000,
    ]);
    return [header, ...rows].map((row) => row.map(quoted).join(',')).join('\n');
  };

  it.each(SLUGS)("makes the same tracks of %s from Spotify's, Deezer's and CSV's form", async (slug) => {
    await hosts.connect(app, user);
    const { tracks } = JSON.parse(readFileSync(`samples/playlists/${slug}.json`, 'utf8')) as {
      tracks: ArchivedTrack[];
    };
    const form = new FormData();
    form.append('file', new Blob([asCsv(tracks)]), `${slug}.csv`);

    const csv = await user.browser.upload('/playlists/import/file', form);
    const spotify = await playlistOf(await importLink(hosts.spotify.linkOf(slug)));
    const deezer = await playlistOf(await importLink(hosts.deezer.linkOf(slug)));

    const expected = tracks.map(({ artists, title, album, durationSeconds }) => ({
      ...{ artist: artists[0]?.trim(), title: title.trim(), album: album.trim(), albumArtist: null, durationSeconds },
    }));
    expect(await tracksOf(csv.body.playlist.id)).toEqual(expected);
    expect(await tracksOf(spotify)).toEqual(expected);
    expect(await tracksOf(deezer)).toEqual(expected);
  });

  it('makes a short one at once, from any form of link, and says what was left out', async () => {
    const deezer = await importLink(hosts.deezer.shortLinkOf('mixed-bag'), 'My bag');
    expect([deezer.status, deezer.body.playlist.title]).toEqual([201, 'My bag']);
    expect(deezer.body.playlist.source).toEqual({ kind: 'deezer', url: hosts.deezer.linkOf('mixed-bag') });
    expect(deezer.body.report).toMatchObject({
      ...{ read: 6, imported: 4, skippedTotal: 2 },
      skipped: [{ row: 3, reason: expect.stringContaining('cannot play') }, { row: 6 }],
    });

    await hosts.connect(app, user);
    const spotify = await importLink('https://spotify.link/mixed-bag');
    expect([spotify.status, spotify.body.playlist.title]).toEqual([201, 'Mixed bag']);
    expect(spotify.body.report).toMatchObject({ read: 7, imported: 4, skippedTotal: 3 });
    expect(spotify.body.report.skipped.map(({ row }: { row: number }) => row)).toEqual([2, 3, 5]);
    expect(spotify.body.playlist.tracks).toContainEqual(
      expect.objectContaining({ artist: 'My Own Band', title: 'Rehearsal, take 2', durationSeconds: 187 }),
    );
  });

  it('reads by the old route of Spotify where there is no new one', async () => {
    await hosts.connect(app, user);
    hosts.spotify.becomeOld();

    expect((await importLink(hosts.spotify.linkOf('rapcaviar'))).body.report).toMatchObject({ imported: 50 });
  });

  it.each([
    { url: 'Otis Neon - Lucy', status: 422, code: 'link_not_understood' },
    { url: 'https://www.deezer.com/album/302127', status: 422, code: 'link_not_a_playlist' },
    { url: 'https://link.deezer.com/s/nobody', status: 422, code: 'link_not_understood' },
    { url: 'https://www.deezer.com/playlist/1', status: 404, code: 'platform_playlist_not_found' },
    { url: 'https://open.spotify.com/playlist/37i9dQZF1DWWQRwui0ExPn', status: 409, code: 'spotify_not_connected' },
  ])('refuses $url', async ({ url, status, code }) => {
    expect((await importLink(url)).body).toMatchObject({ status, code });
  });

  it("refuses somebody else's playlist at Spotify and offers the way by file", async () => {
    await hosts.connect(app, user);

    expect((await importLink(hosts.spotify.linkOf('followed'))).body).toMatchObject({
      status: 403,
      code: 'spotify_foreign_playlist',
      detail: expect.stringContaining('import the file'),
    });
  });

  it('reads a long one in the background, shows how far it is, and can be stopped', async () => {
    await hosts.connect(app, user);
    const { status, body } = await importLink(hosts.spotify.linkOf('murga'));
    expect(status).toBe(202);
    expect(await find(body.importId)).toMatchObject({ state: 'reading', trackTotal: 641, tracksRead: 200 });
    expect((await importLink(hosts.spotify.linkOf('murga'))).body.code).toBe('playlist_import_under_way');

    const cancelled = await user.browser.post(`/playlists/imports/${body.importId}/cancel`);
    expect([cancelled.status, cancelled.body.state]).toEqual([200, 'cancelled']);
    await app.doJobs();
    expect((await user.browser.get('/playlists')).body.total).toBe(0);
    expect((await user.browser.post(`/playlists/imports/${body.importId}/cancel`)).body.code).toBe(
      'playlist_import_over',
    );
    const other = await app.create.user();
    expect((await other.browser.get(`/playlists/imports/${body.importId}`)).status).toBe(404);
  });

  it.each([
    { what: 'the quota is spent', body: '{"error":{"type":"Exception","message":"Quota limit exceeded","code":4}}' },
    { what: 'nothing but HTML comes', body: '<html></html>' },
  ])('goes on where it was when Deezer answers again, after $what', async ({ body }) => {
    const started = await importLink(hosts.deezer.linkOf('murga'));
    const calls = hosts.deezer.calls.length;
    hosts.deezer.faults.next({ kind: 'answer', status: 200, body });
    await app.doJobs();
    const resumesAt = new Date(app.clock.now().getTime() + 5_000).toISOString();
    expect(await find(started.body.importId)).toMatchObject({ state: 'reading', tracksRead: 400, resumesAt });
    await app.get(WaitingImports).tick();
    expect((await find(started.body.importId)).resumesAt).not.toBeNull();

    expect(await finish(started.body.importId)).toMatchObject({
      ...{ state: 'completed', tracksRead: 641, report: { imported: 641, skippedTotal: 0 }, failure: null },
    });
    expect(hosts.deezer.calls).toHaveLength(calls + 4);
  });

  it('ends with the reason when the playlist is gone meanwhile', async () => {
    const { body } = await importLink(hosts.deezer.linkOf('lo-fi-beats'));
    const gone = '{"error":{"type":"DataException","message":"no data","code":800}}';
    hosts.deezer.faults.next({ kind: 'answer', status: 200, body: gone });

    expect(await finish(body.importId)).toMatchObject({
      ...{ state: 'failed', playlistId: null, failure: { code: 'platform_playlist_not_found' } },
    });
  });

  describe('/playlists/:id/refresh', () => {
    const refresh = (id: string) => user.browser.post(`/playlists/${id}/refresh`);
    const apply = (id: string) => user.browser.post(`/playlists/imports/${id}/apply`);
    const imported = async () => playlistOf(await importLink(hosts.deezer.linkOf('rapcaviar')));

    it('shows what would change, changes nothing until it is told to, and then does it', async () => {
      const id = await imported();
      const before = await titlesOf(id);
      // The last one first, the second one gone.
      hosts.deezer.rearrange('rapcaviar', [49, 0, ...Array.from({ length: 47 }, (_, index) => index + 2)]);

      const { status, body } = await refresh(id);
      expect(status).toBe(202);
      const shown = await finish(body.id);
      expect(shown).toMatchObject({
        ...{ purpose: 'refresh', state: 'ready', playlistId: id },
        changes: {
          ...{ before: 50, after: 49, added: { total: 0 } },
          removed: { total: 1, items: [{ position: 2, title: before[1] }] },
          moved: { total: 1, items: [{ from: 50, position: 1, title: before[49] }] },
        },
      });
      expect(await titlesOf(id)).toEqual(before);

      expect((await apply(body.id)).body).toMatchObject({ state: 'completed' });
      expect((await titlesOf(id)).slice(0, 3)).toEqual([before[49], before[0], before[2]]);
      expect((await apply(body.id)).body.code).toBe('playlist_import_over');
      expect(await finish((await refresh(id)).body.id)).toMatchObject({ state: 'completed', changes: { after: 49 } });
    });

    it('is not applied to a playlist that was changed since it was shown', async () => {
      const id = await imported();
      hosts.deezer.rearrange('rapcaviar', [1, 0]);
      const { body } = await refresh(id);
      await finish(body.id);
      await user.browser.with({ 'if-match': '*' }).patch(`/playlists/${id}`, { title: 'Mine' });

      expect((await apply(body.id)).body).toMatchObject({ status: 412, code: 'playlist_changed' });
      expect(await titlesOf(id)).toHaveLength(50);
    });

    it('is refused where there is no source, and forgotten when nobody comes back for a day', async () => {
      const typed = await app.create.playlist(user);
      expect((await refresh(typed.id)).body.code).toBe('playlist_has_no_source');

      const id = await imported();
      hosts.deezer.rearrange('rapcaviar', [1, 0]);
      const { body } = await refresh(id);
      await finish(body.id);
      app.clock.advance({ days: 1, seconds: 1 });
      await app.sql(`select graphile_worker.add_job('playlist-imports.purge', '{}'::json)`);
      await app.doJobs();
      expect(await find(body.id)).toMatchObject({ state: 'cancelled' });
      expect((await apply(body.id)).body.code).toBe('playlist_import_over');
    });
  });
});
