import fc from 'fast-check';

import { MAX_DURATION_SECONDS, type PlaylistTrack } from '../playlist-track.js';
import { PlaylistTooLongError } from '../playlists.errors.js';
import { looksLikeJson, readJson as readPieces } from './json.reader.js';
import { FileFormatUnknownError } from './reading.errors.js';

const track = { artist: 'Radiohead', title: 'Creep', album: 'Pablo Honey', albumArtist: null, durationSeconds: 239 };

import type { Reading } from './reading.js';
import { slicesOf, unhurried } from './text-pieces.js';

const readJson = async (text: string): Promise<Reading> => (await readPieces(unhurried(slicesOf(text))))[0]!;

describe('readJson', () => {
  it.each([
    ['our own export', { title: 'Mine', description: 'Two\nlines', tracks: [track] }],
    [
      'the archive form',
      { name: 'Mine', description: 'Two\r\nlines', tracks: [{ ...track, artists: ['Radiohead', 'X'] }] },
    ],
  ])('reads %s with its title and description', async (_form, content) => {
    expect(await readJson(JSON.stringify(content))).toEqual({
      title: 'Mine',
      description: 'Two\nlines',
      tracks: [track],
      skipped: [],
      skippedTotal: 0,
      read: 1,
    });
  });

  it.each([
    { artists: ['Radiohead', 'Other'], name: 'Creep', album: { name: 'Pablo Honey' }, duration_ms: 239_000 },
    { artists: [{ name: 'Radiohead' }], track: 'Creep', albumName: 'Pablo Honey', durationMs: 239_400 },
    { artistName: 'Radiohead', trackName: 'Creep', album: 'Pablo Honey', duration: '3:59' },
    {
      track: { artists: [{ name: 'Radiohead' }], name: 'Creep', album: { name: 'Pablo Honey' }, duration_ms: 239_000 },
    },
  ])('reads the track %j from a bare list', async (entry) => {
    expect((await readJson(JSON.stringify([entry]))).tracks).toEqual([track]);
  });

  it('takes a number for a name', async () => {
    expect((await readJson('[{"artist":"The Smashing Pumpkins","title":1979}]')).tracks).toMatchObject([
      { title: '1979' },
    ]);
  });

  it('reports entries that are no tracks by their place in the list', async () => {
    const { skipped, read } = await readJson('{"tracks":[1,null,"Radiohead",[],{"artist":"Radiohead"},{"title":{}}]}');

    expect(read).toBe(6);
    expect(skipped.map(({ row, text }) => [row, text])).toEqual([
      [1, '1'],
      [2, ''],
      [3, 'Radiohead'],
      [4, ''],
      [5, 'Radiohead - ?'],
      [6, '? - ?'],
    ]);
  });

  it('drops NUL and halves of characters, which the database could not keep', async () => {
    expect(
      (await readJson('[{"artist":"Radio\\u0000head","title":"Cr\\ud83deep \\ud83c\\udfb8"}]')).tracks,
    ).toMatchObject([{ artist: 'Radiohead', title: 'Creep 🎸' }]);
  });

  it.each(['{"hello":"world"}', '{"tracks":{}}', '"text"', '12', 'null', '{', '[1,', '{"tracks":'])(
    'refuses %s, which is no playlist',
    async (text) => {
      await expect(readJson(text)).rejects.toThrow(FileFormatUnknownError);
    },
  );

  it('survives nesting as deep as a file can hold', async () => {
    const depth = 2_000_000;
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;

    expect((await readJson(`{"tracks":[{"artist":${deep},"title":"x"}]}`)).skippedTotal).toBe(1);
    expect((await readJson(deep)).skippedTotal).toBe(1);
    await expect(readJson('['.repeat(depth))).rejects.toThrow(FileFormatUnknownError);
  });

  it('stops at the limit', async () => {
    await expect(readJson(JSON.stringify(Array.from({ length: 10_001 }, () => track)))).rejects.toThrow(
      PlaylistTooLongError,
    );
    await expect(readJson(`[${'1,'.repeat(30_000)}1]`)).rejects.toThrow(PlaylistTooLongError);
  });

  it('is told from text by its beginning', () => {
    expect(['{"a":1}', ' [ {', '[]', '{}'].map(looksLikeJson)).toEqual([true, true, true, true]);
    expect(['[Intro] - Song', '{Artist} - Song', 'x'].map(looksLikeJson)).toEqual([false, false, false]);
  });

  it('reads any list of tracks that we exported as it was', async () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() === text && text !== '');
    const anyTrack: fc.Arbitrary<PlaylistTrack> = fc.record({
      artist: name,
      title: name,
      album: fc.option(name),
      albumArtist: fc.option(name),
      durationSeconds: fc.option(fc.integer({ min: 1, max: MAX_DURATION_SECONDS })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyTrack), async (tracks) => {
        expect((await readJson(JSON.stringify({ title: 'x', tracks }))).tracks).toEqual(tracks);
      }),
    );
  });

  it('makes a reading or one of our errors of any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        try {
          for (const { tracks, skippedTotal, read } of await readPieces(unhurried(slicesOf(text)))) {
            expect(read).toBe(tracks.length + skippedTotal);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FileFormatUnknownError);
        }
      }),
    );
  });
});
