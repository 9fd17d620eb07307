import type { TestUser } from './factories/factory.js';
import { TestApp } from './support/test-app.js';

const TRACKS = [
  { artist: 'A - B', title: '=C - D', album: "'-1", albumArtist: 'Various', durationSeconds: 239 },
  { artist: '優里', title: 'ドライフラワー 🥀 <&>', album: null, albumArtist: null, durationSeconds: null },
];
const EMOJI = 'Röad trip 🚗/"1" 50%';

describe('GET /playlists/:id/export', () => {
  let app: TestApp;
  let ada: TestUser;
  let id: string;

  beforeAll(async () => {
    app = await TestApp.start();
  });

  beforeEach(async () => {
    ada = await app.create.user();
    const { body } = await app
      .as(ada)
      .post('/playlists', { title: EMOJI, description: 'Two\nlines', tracks: TRACKS, visibility: 'public' });
    id = body.id;
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  it.each([
    ['csv', 'text/csv; charset=utf-8; header=present', null],
    ['jspf', 'application/jspf+json', 'Two\nlines'],
    ['xspf', 'application/xspf+xml; charset=utf-8', 'Two\nlines'],
    ['m3u8', 'audio/x-mpegurl; charset=utf-8', null],
    ['json', 'application/json; charset=utf-8', 'Two\nlines'],
  ])('sends %s, named after the playlist, which imports back to the same', async (format, contentType, description) => {
    const { status, headers, text } = await app.as(ada).get(`/playlists/${id}/export?format=${format}`);

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(contentType);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="R?ad trip ??__1_ 50%.${format}"; filename*=UTF-8''R%C3%B6ad%20trip%20%F0%9F%9A%97__1_%2050%25.${format}`,
    );

    const form = new FormData();
    form.append('file', new Blob([text]), `x.${format}`);
    const { body } = await app.as(ada).upload('/playlists/import/file', form);
    expect(body.playlist).toMatchObject({ title: EMOJI, description, tracks: TRACKS });
    expect(body.report).toMatchObject({ imported: 2, skippedTotal: 0 });
  });

  it('exports 10,000 tracks, and a playlist without any', async () => {
    const tracks = Array.from({ length: 10_000 }, (_, i) => ({ ...TRACKS[1], title: `Song ${i}` }));
    const full = await app.as(ada).post('/playlists', { title: 'Full', tracks });
    const empty = await app.as(ada).post('/playlists', { title: 'Empty' });

    const { text } = await app.as(ada).get(`/playlists/${full.body.id}/export?format=json`);
    const nothing = await app.as(ada).get(`/playlists/${empty.body.id}/export?format=m3u8`);

    expect(JSON.parse(text).tracks).toEqual(full.body.tracks);
    expect(nothing.text).toBe('#EXTM3U\n#EXTENC:UTF-8\n#PLAYLIST:Empty\n');
  });

  it('refuses a format that nobody knows, and what is not yours', async () => {
    const eve = await app.create.user();
    const codes = await Promise.all([
      app.as(ada).get(`/playlists/${id}/export?format=xls`),
      app.as(ada).get(`/playlists/${id}/export`),
      app.as(eve).get(`/playlists/${id}/export?format=csv`),
      app.browser().get(`/playlists/${id}/export?format=csv`),
    ]);

    expect(codes.map(({ status, body }) => [status, body.code])).toEqual([
      [422, 'invalid_input'],
      [422, 'invalid_input'],
      [404, 'playlist_not_found'],
      [401, 'not_signed_in'],
    ]);
  });
});
