import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import type { TestUser } from './factories/factory.js';
import { TestApp } from './support/test-app.js';

const FILE = '/playlists/import/file';
const TEXT = '/playlists/import/text';
const FIXTURES = 'test/fixtures/playlist-files';
const MEGABYTE = 1024 * 1024;
const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');

interface Track {
  artist: string;
  title: string;
}

function upload(content: string | Uint8Array, name: string, fields: Record<string, string> = {}): FormData {
  const form = new FormData();
  form.append('file', new Blob([content]), name);
  Object.entries(fields).forEach(([field, value]) => {
    form.append(field, value);
  });
  return form;
}

describe('/playlists/import', () => {
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

  const importFile = (content: string | Uint8Array, name: string, fields?: Record<string, string>) =>
    app.as(ada).upload(FILE, upload(content, name, fields));
  const countPlaylists = async (): Promise<number> => {
    const { body } = await app.as(ada).get('/playlists');
    return body.total as number;
  };

  describe('POST /playlists/import/file', () => {
    it.each([
      { path: 'samples/lo-fi-beats.exportify.csv', tracks: 596, first: 'invention_' },
      { path: 'samples/top-50-japan.exportify.csv', tracks: 50, first: '優里' },
      { path: 'samples/playlists/murga.json', tracks: 641, first: 'Nacho' },
      { path: 'samples/playlists/the-sound-of-medieval.json', tracks: 216, first: 'Lorenzo da Firenze' },
    ])('makes a private playlist of the $tracks tracks in $path', async ({ path, tracks, first }) => {
      const name = path.split('/').at(-1) ?? '';

      const { status, body } = await importFile(await readFile(path), name);

      expect(status).toBe(201);
      expect(body.report).toEqual({ read: tracks, imported: tracks, skipped: [], skippedTotal: 0 });
      expect(body.playlist).toMatchObject({
        visibility: 'private',
        source: { kind: 'file', fileName: name },
        trackCount: tracks,
        tracks: { length: tracks, 0: { artist: first } },
      });
      expect((await app.as(ada).get(`/playlists/${body.playlist.id}`)).body).toEqual(body.playlist);
    });

    it.each([
      {
        name: 'listenbrainz.jspf',
        tracks: ['Björk - Army of Me', 'Queen & David Bowie - Under Pressure'],
        title: 'Weekly Jams for rob, week of 2026-11-23',
        skipped: 1,
      },
      {
        name: 'vlc.xspf',
        tracks: ['Portishead - Sour Times', 'Mogwai - Take Me <Somewhere> Nice'],
        title: 'Evening & night',
        skipped: 1,
      },
      { name: 'prefixed.xspf', tracks: ['優里 - ドライフラワー 🥀'], title: 'prefixed', skipped: 0 },
      {
        name: 'winamp.m3u',
        tracks: ['Björk - Jóga', 'Rammstein - Engel – Live', 'Sigur Rós - Hoppípolla'],
        title: 'Süßes',
        skipped: 1,
      },
      {
        name: 'album.m3u8',
        tracks: ['Cherub Rock', 'Quiet', 'Today'].map(
          (title, i) => `${i === 2 ? 'Somebody Else' : 'The Smashing Pumpkins'} - ${title}`,
        ),
        title: 'album',
        skipped: 0,
      },
    ])('reads $name by its content, whatever it is called', async ({ name, tracks, title, skipped }) => {
      const content = await readFile(`${FIXTURES}/${name}`);
      const named = await importFile(content, name);
      const misnamed = await importFile(content, 'x.csv');

      for (const { status, body } of [named, misnamed]) {
        expect(status).toBe(201);
        expect(body.report).toMatchObject({ imported: tracks.length, skippedTotal: skipped });
        expect(body.playlist.tracks.map((each: Track) => `${each.artist} - ${each.title}`)).toEqual(tracks);
      }
      expect(named.body.playlist.title).toBe(title);
      expect((await app.as(ada).post(TEXT, { text: String(content) })).status).toBe(201);
    });

    it('makes a playlist of each that a Spotify account hands out, and names those without a song', async () => {
      const { status, body } = await importFile(await readFile(`${FIXTURES}/Playlist1.json`), 'Playlist1.json', {
        title: 'Not used',
      });

      expect(status).toBe(201);
      expect(body.playlist).toMatchObject({
        title: 'Road trip 🚗',
        description: 'For the long way',
        tracks: [
          { artist: 'Radiohead', title: 'Creep', album: 'Pablo Honey' },
          { artist: 'Sigur Rós', title: 'Untitled #1', album: '( )', durationSeconds: 413 },
        ],
      });
      expect(body.report).toMatchObject({
        imported: 2,
        skipped: [{ row: 2, reason: 'This is a podcast or an audiobook, not a song.', text: 'Episode 12' }],
      });
      expect(body.others).toMatchObject([{ playlist: { title: 'Sleep', trackCount: 1 }, report: { imported: 1 } }]);
      expect(body.leftOut).toMatchObject([{ title: 'Empty', report: { read: 0 } }]);
      expect(await countPlaylists()).toBe(2);
    });

    it.each([
      ['billion-laughs.xspf', 'file_declares_entities'],
      ['xxe.xspf', 'file_declares_entities'],
      ['stream.m3u8', 'file_is_stream'],
    ])('refuses %s', async (name, code) => {
      const { status, body } = await importFile(await readFile(`${FIXTURES}/${name}`), name);

      expect([status, body.code]).toEqual([422, code]);
      expect(await countPlaylists()).toBe(0);
    });

    it('says what a listening history is, and where it belongs', async () => {
      const { body } = await importFile('[{"ts":"2025-04-28T21:04:35Z","ms_played":1000}]', 'x.json');

      expect(body.detail).toContain("Spotify's extended streaming history");
      expect(body.detail).toContain('History');
    });

    it('takes the title from the field, else from the file, else from its name', async () => {
      const json = '{"title":"In the file","tracks":[{"artist":"a","title":"b"}]}';
      const titleOf = async (...args: Parameters<typeof importFile>): Promise<string> => {
        const { body } = await importFile(...args);
        return body.playlist.title as string;
      };

      expect(await titleOf(json, 'x.json', { title: ' Emoji 🎸 ' })).toBe('Emoji 🎸');
      expect(await titleOf(json, 'x.json', { title: '  ' })).toBe('In the file');
      expect(await titleOf('a - b', 'Röck & Roll.txt')).toBe('Röck & Roll');
      expect(await titleOf('a - b', '../../etc/passwd')).toBe('passwd');
      expect(await titleOf('a - b', `${'x'.repeat(300)}.txt`)).toBe('x'.repeat(200));
      expect(await titleOf('artist,title\na,b', '.csv')).toBe('Imported playlist');
    });

    it('takes a title that comes before the file', async () => {
      const form = new FormData();
      form.append('title', 'First');
      form.append('file', new Blob(['a - b']), 'x.txt');

      expect((await app.as(ada).upload(FILE, form)).body.playlist.title).toBe('First');
    });

    it('reports row by row what was not understood, and imports the rest', async () => {
      const csv = `Artist,Title\nRadiohead,Creep\n${'x'.repeat(5000)},Too long\n,Nobody\n優里,ドライフラワー 🥀\n`;

      const { body } = await importFile(csv, 'x.csv');

      expect(body.report).toEqual({
        read: 4,
        imported: 2,
        skipped: [
          { row: 3, reason: 'The artist is longer than 1,000 characters.', text: 'x'.repeat(200) },
          { row: 4, reason: 'There is no artist.', text: ',Nobody' },
        ],
        skippedTotal: 2,
      });
      expect(body.playlist.tracks[1]).toMatchObject({ artist: '優里', title: 'ドライフラワー 🥀' });
    });

    it('stores what a JSON file may hold and PostgreSQL may not, without it', async () => {
      const { status, body } = await importFile(
        '[{"artist":"Radio\\u0000head","title":"Creep\\ud83d"}]',
        'x\u0001.json',
      );

      expect(status).toBe(201);
      expect(body.playlist.tracks).toMatchObject([{ artist: 'Radiohead', title: 'Creep' }]);
    });

    it.each<[string, string | Uint8Array, string, number, string]>([
      ['an empty file', '', 'x.csv', 422, 'file_empty'],
      ['a picture renamed .csv', PNG, 'x.csv', 422, 'file_not_text'],
      ['a CSV file with a NUL byte', 'artist,title\na\0,b\n', 'x.csv', 422, 'file_not_text'],
      ['a CSV file without headers', 'Radiohead,Creep\n', 'x.csv', 422, 'file_format_unknown'],
      ['JSON that is no playlist', '{"hello":"world"}', 'x.json', 422, 'file_format_unknown'],
      ['deeply nested JSON', '['.repeat(MEGABYTE), 'x.json', 422, 'file_format_unknown'],
      ['deeply nested well-formed JSON', '['.repeat(MEGABYTE) + ']'.repeat(MEGABYTE), 'x.json', 422, 'no_tracks_found'],
      ['an unknown kind of file', 'a - b', 'x.docx', 422, 'file_format_unknown'],
      ['an M3U file without a track', '#EXTM3U', 'x.m3u8', 422, 'no_tracks_found'],
      ['an archive', 'PK\u0003\u0004', 'x.csv', 422, 'file_is_archive'],
      ['a listening history', '#AUDIOSCROBBLER/1.1\n', 'x.txt', 422, 'file_is_listening_history'],
      ['text without a track', 'hello\nworld', 'x.txt', 422, 'no_tracks_found'],
      ['100,000 rows', `artist,title\n${'a,b\n'.repeat(100_000)}`, 'x.csv', 422, 'playlist_too_long'],
      ['10,001 rows', `artist,title\n${'a,b\n'.repeat(10_001)}`, 'x.csv', 422, 'playlist_too_long'],
      ['20 MB of one row', new Uint8Array(20 * MEGABYTE).fill(0x61), 'x.csv', 422, 'file_format_unknown'],
      ['one byte more than 20 MB', new Uint8Array(20 * MEGABYTE + 1).fill(0x61), 'x.csv', 413, 'file_too_large'],
    ])('refuses %s and writes nothing', async (_what, content, name, status, code) => {
      const refused = await importFile(content, name);

      expect(refused.status).toBe(status);
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
      expect(refused.body).toMatchObject({ status, code, type: `urn:problem:${code}`, requestId: expect.any(String) });
      expect(await countPlaylists()).toBe(0);
    });

    it('names the columns that a CSV file needs', async () => {
      const { body } = await importFile('Radiohead,Creep\n', 'x.csv');

      expect(body.detail).toContain('"Track Name"');
      expect(body.detail).toContain('"Artist Name(s)"');
    });

    it('answers other requests while a long file is refused', async () => {
      const answered: string[] = [];
      const slow = importFile(`artist,title\n${'a,\n'.repeat(99_000)}`, 'x.csv').then(({ body }) =>
        answered.push(body.code),
      );
      await app
        .browser()
        .get('/auth/providers')
        .then(() => answered.push('the other'));
      await slow;

      expect(answered).toEqual(['the other', 'playlist_too_long']);
    });

    it('refuses a form without the field "file", with two files, or with a wrong title', async () => {
      const none = new FormData();
      none.append('title', 'x');
      const asField = new FormData();
      asField.append('file', 'a - b');
      const otherName = new FormData();
      otherName.append('attachment', new Blob(['a - b']), 'x.txt');
      const two = upload('a - b', 'x.txt');
      two.append('file', new Blob(['c - d']), 'y.txt');

      const codes = [];
      for (const form of [
        new FormData(),
        none,
        asField,
        otherName,
        two,
        upload('a - b', 'x.txt', { title: 'x'.repeat(201) }),
      ]) {
        const { status, body } = await app.as(ada).upload(FILE, form);
        codes.push([status, body.code]);
      }

      expect(codes).toEqual([
        [422, 'file_missing'],
        [422, 'file_missing'],
        [422, 'file_missing'],
        [422, 'file_missing'],
        [422, 'too_many_files'],
        [422, 'invalid_input'],
      ]);
      expect(await countPlaylists()).toBe(0);
    });

    it.each([
      ['JSON', '{"file":"x"}', 'application/json', 415, 'upload_not_multipart'],
      ['an unknown content type', 'a - b', 'text/csv', 415, 'unsupported_media_type'],
      ['multipart without a boundary', 'a - b', 'multipart/form-data', 400, 'upload_broken'],
      ['a body that is not multipart', 'a - b', 'multipart/form-data; boundary=x', 400, 'upload_broken'],
      [
        'half a part',
        '--x\r\nContent-Disposition: form-data; name="file"; filename="x.txt"\r\n\r\na - b',
        'multipart/form-data; boundary=x',
        400,
        'upload_broken',
      ],
      [
        'a part without a name',
        '--x\r\nContent-Disposition: form-data\r\n\r\na - b\r\n--x--',
        'multipart/form-data; boundary=x',
        422,
        'file_missing',
      ],
      [
        'a field named like a prototype',
        '--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\na\r\n--x--',
        'multipart/form-data; boundary=x',
        400,
        'upload_broken',
      ],
    ])('refuses %s', async (_what, body, contentType, status, code) => {
      const refused = await app.as(ada).raw('POST', FILE, body, contentType);

      expect(refused.body).toMatchObject({ status, code });
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
    });

    describe('over one connection', () => {
      const requestHead = (length: number, contentType = 'multipart/form-data; boundary=x') =>
        `POST /api${FILE} HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${ada.token}\r\n` +
        `Content-Type: ${contentType}\r\nContent-Length: ${length}\r\n\r\n`;

      async function answersTo(bytes: string, { hangUp = false } = {}): Promise<string[]> {
        const { hostname, port } = new URL(app.origin);
        const socket = connect(Number(port), hostname);
        socket.write(bytes);
        if (hangUp) {
          socket.end();
        }
        return (await text(socket)).match(/(?<=HTTP\/1\.1 )\d{3}/g) ?? [];
      }

      it('an upload that breaks off writes nothing', async () => {
        const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="x.txt"\r\n\r\na - b\r\n';

        expect(await answersTo(requestHead(100_000) + part, { hangUp: true })).not.toContain('500');
        expect(await countPlaylists()).toBe(0);
      });

      it.each([
        ['an upload without a file', `--x\r\nno header\r\n\r\n--x--${'x'.repeat(5 * MEGABYTE)}`, undefined, '422'],
        ['an upload without a boundary', 'x'.repeat(5 * MEGABYTE), 'multipart/form-data', '400'],
        ['something else', JSON.stringify('x'.repeat(5 * MEGABYTE)), 'application/json', '415'],
      ])('%s is read to its end, and the next request answered', async (_what, body, contentType, status) => {
        const next = 'GET /api/auth/providers HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n';

        expect(await answersTo(requestHead(body.length, contentType) + body + next)).toEqual([status, '200']);
      });

      it('a refused upload leaves the next one its chance', async () => {
        const answers = [];
        for (let attempt = 0; attempt < 3; attempt += 1) {
          const refused = await importFile(new Uint8Array(21 * MEGABYTE), 'x.csv');
          const accepted = await importFile('a - b', 'x');
          answers.push(refused.status, accepted.status);
        }

        expect(answers).toEqual([413, 201, 413, 201, 413, 201]);
      });
    });

    it('needs somebody who may write', async () => {
      expect((await app.browser().upload(FILE, upload('a - b', 'x.txt'))).status).toBe(401);
    });
  });

  describe('POST /playlists/import/text', () => {
    it('makes a playlist of pasted lines and reports the others', async () => {
      const { status, body } = await app.as(ada).post(TEXT, {
        text: '# mine\n1. Radiohead - Creep\n02) 優里 – ドライフラワー\n\nBlur — Song 2\nOasis\tWonderwall\nhello\n',
        title: 'Nineties',
      });

      expect(status).toBe(201);
      expect(body.playlist).toMatchObject({ title: 'Nineties', source: { kind: 'custom' }, trackCount: 4, version: 1 });
      expect(body.playlist.tracks).toMatchObject([
        { artist: 'Radiohead', title: 'Creep' },
        { artist: '優里', title: 'ドライフラワー' },
        { artist: 'Blur', title: 'Song 2' },
        { artist: 'Oasis', title: 'Wonderwall' },
      ]);
      expect(body.report).toMatchObject({
        read: 5,
        imported: 4,
        skippedTotal: 1,
        skipped: [{ row: 7, text: 'hello' }],
      });
    });

    it.each([
      ['no separator', { text: 'hello' }, 'no_tracks_found'],
      ['blank lines', { text: ' \n\n' }, 'no_tracks_found'],
      ['an empty text', { text: '' }, 'invalid_input'],
      ['no text', {}, 'invalid_input'],
      ['NUL in the title', { text: 'a - b', title: 'x\u0000' }, 'invalid_input'],
      ['an unknown field', { text: 'a - b', visibility: 'public' }, 'invalid_input'],
      ['10,001 lines', { text: 'a - b\n'.repeat(10_001) }, 'playlist_too_long'],
      ['a million blank lines', { text: '\n'.repeat(1_000_000) }, 'playlist_too_long'],
    ])('refuses %s', async (_what, body, code) => {
      expect((await app.as(ada).post(TEXT, body)).body).toMatchObject({ status: 422, code });
      expect(await countPlaylists()).toBe(0);
    });

    it('drops control characters from pasted names', async () => {
      const { body } = await app.as(ada).post(TEXT, { text: 'Radio\u0000head - Creep\u0007' });

      expect(body.playlist).toMatchObject({
        title: 'Imported playlist',
        tracks: [{ artist: 'Radiohead', title: 'Creep' }],
      });
    });
  });
});
