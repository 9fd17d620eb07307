import fc from 'fast-check';

import { MAX_DURATION_SECONDS, type PlaylistTrack } from '../playlist-track.js';
import { PlaylistTooLongError } from '../playlists.errors.js';
import { looksLikeJson, readJson } from './json.reader.js';
import { FileFormatUnknownError } from './reading.errors.js';

const track = { artist: 'Radiohead', title: 'Creep', album: 'Pablo Honey', albumArtist: null, durationSeconds: 239 };

describe('readJson', () => {
  it.each([
    ['our own export', { title: 'Mine', description: 'Two\nlines', tracks: [track] }],
    [
      'the archive form',
      { name: 'Mine', description: 'Two\r\nlines', tracks: [{ ...track, artists: ['Radiohead', 'X'] }] },
    ],
  ])('reads %s with its title and description', (_form, content) => {
    expect(readJson(JSON.stringify(content))).toEqual({
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
  ])('reads the track %j from a bare list', (entry) => {
    expect(readJson(JSON.stringify([entry])).tracks).toEqual([track]);
  });

  it('takes a number for a name', () => {
    expect(readJson('[{"artist":"The Smashing Pumpkins","title":1979}]').tracks).toMatchObject([{ title: '1979' }]);
  });

  it('reports entries that are no tracks by their place in the list', () => {
    const { skipped, read } = readJson('{"tracks":[1,null,"Radiohead",[],{"artist":"Radiohead"},{"title":{}}]}');

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

  it('drops NUL and halves of characters, which the database could not keep', () => {
    expect(readJson('[{"artist":"Radio\\u0000head","title":"Cr\\ud83deep \\ud83c\\udfb8"}]').tracks).toMatchObject([
      { artist: 'Radiohead', title: 'Creep 🎸' },
    ]);
  });

  it.each(['{"hello":"world"}', '{"tracks":{}}', '"text"', '12', 'null', '{', '[1,', '{"tracks":'])(
    'refuses %s, which is no playlist',
    (text) => {
      expect(() => readJson(text)).toThrow(FileFormatUnknownError);
    },
  );

  it('survives nesting as deep as a file can hold', () => {
    const depth = 2_000_000;
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;

    expect(readJson(`{"tracks":[{"artist":${deep},"title":"x"}]}`).skippedTotal).toBe(1);
    expect(readJson(deep).skippedTotal).toBe(1);
    expect(() => readJson('['.repeat(depth))).toThrow(FileFormatUnknownError);
  });

  it('stops at the limit', () => {
    expect(() => readJson(JSON.stringify(Array.from({ length: 10_001 }, () => track)))).toThrow(PlaylistTooLongError);
    expect(() => readJson(`[${'1,'.repeat(30_000)}1]`)).toThrow(PlaylistTooLongError);
  });

  it('is told from text by its beginning', () => {
    expect(['{"a":1}', ' [ {', '[]', '{}'].map(looksLikeJson)).toEqual([true, true, true, true]);
    expect(['[Intro] - Song', '{Artist} - Song', 'x'].map(looksLikeJson)).toEqual([false, false, false]);
  });

  it('reads any list of tracks that we exported as it was', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() === text && text !== '');
    const anyTrack: fc.Arbitrary<PlaylistTrack> = fc.record({
      artist: name,
      title: name,
      album: fc.option(name),
      albumArtist: fc.option(name),
      durationSeconds: fc.option(fc.integer({ min: 1, max: MAX_DURATION_SECONDS })),
    });
    fc.assert(
      fc.property(fc.array(anyTrack), (tracks) => {
        expect(readJson(JSON.stringify({ title: 'x', tracks })).tracks).toEqual(tracks);
      }),
    );
  });

  it('makes a reading or one of our errors of any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        try {
          const { tracks, skippedTotal, read } = readJson(text);
          expect(read).toBe(tracks.length + skippedTotal);
        } catch (error) {
          expect(error).toBeInstanceOf(FileFormatUnknownError);
        }
      }),
    );
  });
});
