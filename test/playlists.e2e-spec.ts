import { DataSource } from 'typeorm';

import type { UserId, PlaylistId } from '../src/common/ids.js';
import { PlaylistNotFoundError, PlaylistsService } from '../src/modules/playlists/index.js';
import type { TestUser } from './factories/factory.js';
import { TestApp } from './support/test-app.js';
import type { TestClient } from './support/test-client.js';

const CREEP = { artist: 'Radiohead', title: 'Creep', album: 'Pablo Honey', albumArtist: null, durationSeconds: 239 };
const UNTIMED = { artist: '優里', title: 'ドライフラワー 🥀', album: null, albumArtist: null, durationSeconds: null };
const NOBODY = '00000000-0000-4000-8000-000000000000';

interface Listed {
  id: string;
  title: string;
}
const titlesOf = (list: { items: Listed[] }): string[] => list.items.map(({ title }) => title);

describe('/playlists', () => {
  let app: TestApp;
  let ada: TestUser;

  beforeAll(async () => {
    app = await TestApp.start();
  });

  beforeEach(async () => {
    ada = await app.create.user();
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  const write = async (body: object) => {
    const { body: written } = await app.as(ada).post('/playlists', body);
    return written as Listed & { tracks: unknown[] };
  };
  /** Someone who has seen that version. */
  const having = (version: number | '*') => app.as(ada).with({ 'if-match': version === '*' ? '*' : `"${version}"` });

  describe('POST /playlists', () => {
    it('keeps what was sent and counts the tracks', async () => {
      const sent = {
        title: ' Emoji 🎸🥀 ',
        description: 'Two\r\nlines',
        visibility: 'unlisted',
        category: 'Rock',
        tracks: [CREEP, { artist: UNTIMED.artist, title: UNTIMED.title }],
      };

      const created = await app.as(ada).post('/playlists', sent);

      expect(created.status).toBe(201);
      expect(created.body).toEqual({
        id: expect.any(String),
        title: 'Emoji 🎸🥀',
        description: 'Two\nlines',
        visibility: 'unlisted',
        category: 'Rock',
        source: { kind: 'custom' },
        tracks: [CREEP, UNTIMED],
        trackCount: 2,
        durationSeconds: 239,
        version: 1,
        canUndo: false,
        createdAt: app.clock.now().toISOString(),
        updatedAt: app.clock.now().toISOString(),
      });
      const found = await app.as(ada).get(`/playlists/${created.body.id}`);
      expect(found.body).toEqual(created.body);
      expect([created.headers.get('etag'), found.headers.get('etag')]).toEqual(['"1"', '"1"']);
    });

    it('needs only a title, and is private unless asked otherwise', async () => {
      const { status, body } = await app.as(ada).post('/playlists', { title: 'Later' });

      expect(status).toBe(201);
      expect(body).toMatchObject({
        visibility: 'private',
        description: null,
        category: null,
        tracks: [],
        trackCount: 0,
      });
    });

    it('keeps names as they were typed, without normalising them', async () => {
      const decomposed = 'Bjo\u0308rk';

      const { tracks } = await write({ title: 'x', tracks: [{ artist: decomposed, title: 'Jóga' }] });

      expect(tracks).toMatchObject([{ artist: decomposed }]);
    });

    it.each([
      ['no title', {}, 'title'],
      ['a blank title', { title: '  ' }, 'title'],
      ['a title of 201 characters', { title: 'x'.repeat(201) }, 'title'],
      ['NUL in a title', { title: 'a\u0000b' }, 'title'],
      ['half a character in a title', { title: 'a\ud83d' }, 'title'],
      ['a description of 2,001 characters', { title: 'x', description: 'x'.repeat(2001) }, 'description'],
      ['NUL in a description', { title: 'x', description: 'a\u0000' }, 'description'],
      ['an unknown visibility', { title: 'x', visibility: 'secret' }, 'visibility'],
      ['an unknown field', { title: 'x', owner: 'me' }, ''],
      ['tracks that are no list', { title: 'x', tracks: 'Radiohead - Creep' }, 'tracks'],
      ['a blank artist', { title: 'x', tracks: [CREEP, { ...CREEP, artist: ' ' }] }, 'tracks.1.artist'],
      [
        'an artist of 5,000 characters',
        { title: 'x', tracks: [{ ...CREEP, artist: 'x'.repeat(5000) }] },
        'tracks.0.artist',
      ],
      ['a control character in a name', { title: 'x', tracks: [{ ...CREEP, title: 'a\u001fb' }] }, 'tracks.0.title'],
      ['an empty album', { title: 'x', tracks: [{ ...CREEP, album: '' }] }, 'tracks.0.album'],
      ['a length of 0', { title: 'x', tracks: [{ ...CREEP, durationSeconds: 0 }] }, 'tracks.0.durationSeconds'],
      [
        'a length beyond a day',
        { title: 'x', tracks: [{ ...CREEP, durationSeconds: 86_401 }] },
        'tracks.0.durationSeconds',
      ],
      ['a broken length', { title: 'x', tracks: [{ ...CREEP, durationSeconds: 1.5 }] }, 'tracks.0.durationSeconds'],
      ['an unknown field of a track', { title: 'x', tracks: [{ ...CREEP, isrc: 'x' }] }, 'tracks.0'],
    ])('refuses %s', async (_what, body, path) => {
      const refused = await app.as(ada).post('/playlists', body);

      expect(refused.status).toBe(422);
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
      expect(refused.body).toMatchObject({ code: 'invalid_input', errors: [{ path }] });
      expect((await app.as(ada).get('/playlists')).body.total).toBe(0);
    });

    it('holds 10,000 tracks and names the limit when there is one more', async () => {
      const tracks = (length: number) => Array.from({ length }, () => CREEP);

      const full = await app.as(ada).post('/playlists', { title: 'Full', tracks: tracks(10_000) });
      const refused = await app.as(ada).post('/playlists', { title: 'Too full', tracks: tracks(10_001) });

      expect(full.status).toBe(201);
      expect(full.body).toMatchObject({ trackCount: 10_000, durationSeconds: 2_390_000 });
      expect(refused.body).toMatchObject({ status: 422, code: 'playlist_too_long' });
      expect(refused.body.detail).toContain('10,000');
    });
  });

  describe('GET /playlists', () => {
    it('lists the newest change first, page by page, without the tracks', async () => {
      const ids: string[] = [];
      for (const title of ['One', 'Two', 'Three']) {
        ids.push((await write({ title, tracks: [CREEP] })).id);
        app.clock.advance({ seconds: 1 });
      }
      await having(1).patch(`/playlists/${ids[0]}`, { category: 'Rock' });

      const page = await app.as(ada).get('/playlists?limit=2');
      const rest = await app.as(ada).get('/playlists?limit=2&offset=2');

      expect(page.status).toBe(200);
      expect(page.body.total).toBe(3);
      expect(titlesOf(page.body)).toEqual(['One', 'Three']);
      expect(titlesOf(rest.body)).toEqual(['Two']);
      expect(page.body.items[0]).toMatchObject({ trackCount: 1, durationSeconds: 239, version: 2 });
      expect(page.body.items[0]).not.toHaveProperty('tracks');
    });

    it.each([
      ['ÄRGER', ['Viel ärger']],
      ['100%', ['100% rock']],
      ['_', ['a_b']],
      ['\\', ['back\\slash']],
      ["' or 1=1 --", []],
      ['', ['back\\slash', 'a_b', '100% rock', 'Viel ärger']],
    ])('finds %j in titles, literally and in any case', async (q, titles) => {
      for (const title of ['Viel ärger', '100% rock', 'a_b', 'back\\slash']) {
        await write({ title });
        app.clock.advance({ seconds: 1 });
      }

      const { body } = await app.as(ada).get(`/playlists?q=${encodeURIComponent(q)}`);

      expect(titlesOf(body)).toEqual(titles);
      expect(body.total).toBe(titles.length);
    });

    it.each(['limit=0', 'limit=1001', 'offset=-1', 'limit=x', 'q=%00', 'offset=1e9'])('refuses ?%s', async (query) => {
      expect((await app.as(ada).get(`/playlists?${query}`)).body).toMatchObject({ status: 422, code: 'invalid_input' });
    });
  });

  describe('PATCH /playlists/:id', () => {
    it('changes what is given, keeps the rest, and counts again', async () => {
      const { id } = await write({ title: 'Old', description: 'Kept', category: 'Rock', tracks: [CREEP] });
      app.clock.advance({ minutes: 1 });

      const changed = await having(1).patch(`/playlists/${id}`, {
        title: 'New',
        visibility: 'public',
        category: null,
        tracks: [CREEP, CREEP, UNTIMED],
      });

      expect(changed.status).toBe(200);
      expect(changed.body).toMatchObject({
        title: 'New',
        description: 'Kept',
        visibility: 'public',
        category: null,
        trackCount: 3,
        durationSeconds: 478,
        version: 2,
        updatedAt: app.clock.now().toISOString(),
      });
      expect(changed.headers.get('etag')).toBe('"2"');
      expect((await app.as(ada).get(`/playlists/${id}`)).body).toEqual(changed.body);
    });

    it('accepts what a GET answered, and empties a playlist', async () => {
      const { id, title, tracks } = await write({ title: 'Same', tracks: [CREEP, UNTIMED] });

      const same = await having(1).patch(`/playlists/${id}`, { title, tracks });
      const emptied = await having(2).patch(`/playlists/${id}`, { tracks: [] });

      expect(same.body.tracks).toEqual(tracks);
      expect(emptied.body).toMatchObject({ trackCount: 0, durationSeconds: 0, tracks: [] });
    });

    it('leaves the version alone when there is nothing to change', async () => {
      const { id } = await write({ title: 'Same' });

      expect((await having(1).patch(`/playlists/${id}`, {})).body).toMatchObject({ version: 1, title: 'Same' });
    });

    it('answers 412 to a change that was made on an older version', async () => {
      const { id } = await write({ title: 'Old' });
      await having('*').patch(`/playlists/${id}`, { title: 'Newer' });

      const stale = await having(1).patch(`/playlists/${id}`, { title: 'Stale' });

      expect(stale.body).toMatchObject({ status: 412, code: 'playlist_changed' });
      expect((await app.as(ada).get(`/playlists/${id}`)).body.title).toBe('Newer');
    });

    it('lets one of many simultaneous changes on the same version through', async () => {
      const { id } = await write({ title: 'Old', tracks: Array.from({ length: 1_000 }, () => CREEP) });

      const add = { operations: [{ op: 'add', tracks: [CREEP] }] };
      await having(1).patch(`/playlists/${id}/tracks`, add);

      for (let version = 2; version <= 4; version += 1) {
        const clicks = [
          () => having(version).patch(`/playlists/${id}`, { title: 'New' }),
          () => having(version).patch(`/playlists/${id}/tracks`, add),
          () => having(version).post(`/playlists/${id}/undo`),
        ];
        const answers = await Promise.all([...clicks, ...clicks, ...clicks].map((click) => click()));

        expect(answers.map(({ status }) => status).filter((status) => status !== 412)).toEqual([200]);
      }
      expect((await app.as(ada).get(`/playlists/${id}`)).body.version).toBe(5);
    });

    it('refuses more tracks than fit, and changes nothing', async () => {
      const { id } = await write({ title: 'Old', tracks: [CREEP] });

      const tracks = Array.from({ length: 10_001 }, () => CREEP);
      const refused = await having(1).patch(`/playlists/${id}`, { title: 'New', tracks });

      expect(refused.body).toMatchObject({ status: 422, code: 'playlist_too_long' });
      expect((await app.as(ada).get(`/playlists/${id}`)).body).toMatchObject({ title: 'Old', version: 1 });
    });
  });

  describe('PATCH /playlists/:id/tracks', () => {
    const named = (...titles: string[]) => titles.map((title) => ({ artist: 'A', title }));
    const titlesIn = ({ tracks }: { tracks: Listed[] }) => tracks.map(({ title }) => title).join('');

    it('does one operation after the other, counts again, and says what became of each', async () => {
      const { id } = await write({ title: 'x', tracks: named('a', 'b', 'c', 'd', 'A') });
      app.clock.advance({ minutes: 1 });

      const edited = await having(1).patch(`/playlists/${id}/tracks`, {
        operations: [
          { op: 'remove', positions: [1] },
          { op: 'move', positions: [2, 1], to: 0 },
          { op: 'replace', position: 0, track: { ...CREEP, title: 'C' } },
          { op: 'add', tracks: named('x', 'y'), position: 1 },
          { op: 'paste', text: 'P - p\n# not me\nno dash\nQ - q' },
          { op: 'remove_duplicates' },
        ],
      });

      expect(edited.status).toBe(200);
      expect(titlesIn(edited.body)).toBe('Cxydapq');
      expect(edited.body).toMatchObject({
        trackCount: 7,
        durationSeconds: 239,
        version: 2,
        canUndo: true,
        updatedAt: app.clock.now().toISOString(),
        results: [
          { added: 0, removed: 1, report: null },
          { added: 0, removed: 0, report: null },
          { added: 1, removed: 1, report: null },
          { added: 2, removed: 0, report: null },
          {
            added: 2,
            removed: 0,
            report: { read: 3, imported: 2, skippedTotal: 1, skipped: [{ row: 3, text: 'no dash' }] },
          },
          { added: 0, removed: 1, report: null },
        ],
      });
      expect(edited.headers.get('etag')).toBe('"2"');
      expect(edited.body).toMatchObject((await app.as(ada).get(`/playlists/${id}`)).body);
    });

    it('leaves everything as it was where one of the operations is refused, or none changes anything', async () => {
      const { id } = await write({ title: 'x', tracks: named('a', 'b') });
      const add = { op: 'add', tracks: named('c') };

      const refused = await having(1).patch(`/playlists/${id}/tracks`, {
        operations: [add, { op: 'remove', positions: [0, 3] }],
      });
      const tooLong = await having(1).patch(`/playlists/${id}/tracks`, {
        operations: [{ op: 'add', tracks: Array.from({ length: 9_999 }, () => CREEP) }],
      });
      const idle = await having(1).patch(`/playlists/${id}/tracks`, {
        operations: [
          { op: 'move', positions: [0], to: 0 },
          { op: 'paste', text: 'no dash' },
        ],
      });

      expect(refused.body).toMatchObject({
        status: 422,
        code: 'track_position_unknown',
        errors: [{ path: 'operations.1.positions.1' }],
      });
      expect(tooLong.body).toMatchObject({ status: 422, code: 'playlist_too_long' });
      expect(idle.body).toMatchObject({ version: 1, canUndo: false, results: [{}, { report: { skippedTotal: 1 } }] });
      expect(titlesIn((await app.as(ada).get(`/playlists/${id}`)).body)).toBe('ab');
    });

    it('takes the last change of the tracks back, and makes it again', async () => {
      const { id } = await write({ title: 'x', tracks: named('a', 'b') });
      expect((await having(1).post(`/playlists/${id}/undo`)).body).toMatchObject({
        status: 409,
        code: 'nothing_to_undo',
      });
      await having(1).patch(`/playlists/${id}/tracks`, { operations: [{ op: 'remove', positions: [0] }] });
      await having(2).patch(`/playlists/${id}`, { title: 'Renamed' });

      const undone = await having(3).post(`/playlists/${id}/undo`);
      const again = await having(4).post(`/playlists/${id}/undo`);

      expect([titlesIn(undone.body), titlesIn(again.body)]).toEqual(['ab', 'b']);
      expect(undone.body).toMatchObject({ title: 'Renamed', version: 4, trackCount: 2, canUndo: true });
      expect(undone.headers.get('etag')).toBe('"4"');
    });

    it('wants the version to be named in every change', async () => {
      const { id } = await write({ title: 'x', tracks: named('a') });
      const operations = [{ op: 'remove_duplicates' }];
      const attempts = (client: TestClient) => [
        client.patch(`/playlists/${id}`, { title: 'y' }),
        client.patch(`/playlists/${id}/tracks`, { operations }),
        client.post(`/playlists/${id}/undo`),
      ];
      const codesOf = async (client: TestClient) =>
        (await Promise.all(attempts(client))).map(({ body: { status, code } }) => `${status} ${code}`);
      const thrice = (what: string) => [what, what, what];

      expect(await codesOf(app.as(ada))).toEqual(thrice('428 if_match_missing'));
      expect(await codesOf(app.as(ada).with({ 'if-match': '1' }))).toEqual(thrice('400 if_match_malformed'));
      expect(await codesOf(having(7))).toEqual(thrice('412 playlist_changed'));
    });

    it('finds what is there twice, as the ledger compares plays', async () => {
      const tracks = [...named('Song', 'Other'), { artist: 'a', title: ' sông' }, ...named('Once', 'other', 'Song')];
      const { id } = await write({ title: 'x', tracks });

      const { body, headers } = await app.as(ada).get(`/playlists/${id}/duplicates`);

      expect(body).toEqual({
        items: [
          { artist: 'A', title: 'Song', positions: [0, 2, 5] },
          { artist: 'A', title: 'Other', positions: [1, 4] },
        ],
        total: 2,
        surplus: 3,
        version: 1,
      });
      expect(headers.get('etag')).toBe('"1"');
    });

    it('refuses operations that are none', async () => {
      const { id } = await write({ title: 'x', tracks: named('a') });
      const cases: Array<[operations: object[], path: string]> = [
        [[], 'operations'],
        [[{ op: 'sort' }], 'operations.0.op'],
        [[{ op: 'remove', positions: [] }], 'operations.0.positions'],
        [[{ op: 'move', positions: [0], to: -1 }], 'operations.0.to'],
        [[{ op: 'add', tracks: [{ artist: 'A' }] }], 'operations.0.tracks.0.title'],
        [Array.from({ length: 101 }, () => ({ op: 'remove_duplicates' })), 'operations'],
      ];
      for (const [operations, path] of cases) {
        const { body } = await having(1).patch(`/playlists/${id}/tracks`, { operations });

        expect(body).toMatchObject({ status: 422, code: 'invalid_input', errors: [{ path }] });
      }
    });
  });

  it('deletes a playlist once', async () => {
    const { id } = await write({ title: 'Gone' });

    const [first, second] = [
      await app.as(ada).delete(`/playlists/${id}`),
      await app.as(ada).delete(`/playlists/${id}`),
    ];

    expect([first.status, second.status]).toEqual([204, 404]);
    expect((await app.as(ada).get(`/playlists/${id}`)).body).toMatchObject({ status: 404, code: 'playlist_not_found' });
  });

  it('shows and changes nothing of what belongs to somebody else, not even that it exists', async () => {
    const eve = await app.create.user();
    const hers = app.as(eve).with({ 'if-match': '*' });
    const { id } = await write({ title: 'Mine', visibility: 'public' });

    const answers = await Promise.all([
      app.as(eve).get(`/playlists/${id}`),
      hers.patch(`/playlists/${id}`, { title: 'Hers' }),
      hers.patch(`/playlists/${id}/tracks`, { operations: [{ op: 'remove', positions: [0] }] }),
      hers.post(`/playlists/${id}/undo`),
      hers.get(`/playlists/${id}/duplicates`),
      app.as(eve).delete(`/playlists/${id}`),
      app.as(eve).get(`/playlists/${NOBODY}`),
    ]);

    expect(answers.map(({ body: { status, code, detail } }) => ({ status, code, detail }))).toEqual(
      Array.from({ length: 7 }, () => ({
        status: 404,
        code: 'playlist_not_found',
        detail: 'There is no such playlist, or it is not yours.',
      })),
    );
    expect((await app.as(eve).get('/playlists')).body).toEqual({ items: [], total: 0 });
    expect((await app.as(ada).get(`/playlists/${id}`)).body.title).toBe('Mine');
  });

  it('needs somebody who is signed in, and an id that can be one', async () => {
    expect((await app.browser().get('/playlists')).body).toMatchObject({ status: 401, code: 'not_signed_in' });
    expect((await app.browser().post('/playlists', { title: 'x' })).status).toBe(401);
    expect((await app.as(ada).get('/playlists/1')).body).toMatchObject({ status: 422, code: 'malformed_id' });
  });

  it('lets a token with the scope "read" look and not write', async () => {
    const { body } = await ada.browser.post('/me/tokens', { name: 'reader', scopes: ['read'] });
    const reader = app.as(body);

    expect((await reader.get('/playlists')).status).toBe(200);
    expect((await reader.post('/playlists', { title: 'x' })).body).toMatchObject({
      status: 403,
      code: 'missing_scope',
    });
  });

  it('gives other modules the tracks, or word that they are gone', async () => {
    const playlists = app.get(PlaylistsService);
    const { id } = await write({ title: 'x', tracks: [CREEP] });

    expect(await playlists.findTracks(app.get(DataSource).manager, id as PlaylistId)).toEqual([CREEP]);
    expect(await playlists.findTracks(app.get(DataSource).manager, NOBODY as PlaylistId)).toBeNull();
    await expect(playlists.requireOwned(NOBODY as UserId, id as PlaylistId)).rejects.toThrow(PlaylistNotFoundError);
    expect(await playlists.requireOwned(ada.id as UserId, id as PlaylistId)).toMatchObject({ title: 'x' });
  });
});
