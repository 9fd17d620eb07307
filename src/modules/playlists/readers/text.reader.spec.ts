import fc from 'fast-check';

import { PlaylistTooLongError } from '../playlists.errors.js';
import { readTextLines as readPieces } from './text.reader.js';

import type { Reading } from './reading.js';
import { slicesOf, unhurried } from './text-pieces.js';

const readTextLines = (text: string, pieces: Iterable<string> = slicesOf(text)): Promise<Reading> =>
  readPieces(unhurried(pieces));

describe('readTextLines', () => {
  it.each([
    ['Radiohead - Creep', 'Radiohead', 'Creep'],
    ['Radiohead – Creep', 'Radiohead', 'Creep'],
    ['Radiohead — Creep', 'Radiohead', 'Creep'],
    ['Radiohead\tCreep', 'Radiohead', 'Creep'],
    ['1. Radiohead - Creep', 'Radiohead', 'Creep'],
    ['01) Radiohead - Creep', 'Radiohead', 'Creep'],
    ['  Radiohead  -  Creep  ', 'Radiohead', 'Creep'],
    ['Nacho - Báilame - Remix', 'Nacho', 'Báilame - Remix'],
    ['Jay-Z - 99 Problems', 'Jay-Z', '99 Problems'],
    ['50 Cent - In da Club', '50 Cent', 'In da Club'],
    ['[Intro] - Song', '[Intro]', 'Song'],
    ['優里 - ドライフラワー 🥀', '優里', 'ドライフラワー 🥀'],
  ])('%j is %j with %j', async (line, artist, title) => {
    expect((await readTextLines(line)).tracks).toEqual([
      { artist, title, album: null, albumArtist: null, durationSeconds: null },
    ]);
  });

  it('takes a third column for the album', async () => {
    expect((await readTextLines('Radiohead\tCreep\tPablo Honey')).tracks[0]?.album).toBe('Pablo Honey');
  });

  it('reads any line breaks, passes over blank lines and comments, and reports the rest by line', async () => {
    const { tracks, skipped, read } = await readTextLines(
      '# mine\r\n\r\nRadiohead - Creep\rno separator\n - nobody\nBlur - \n',
    );

    expect(tracks).toHaveLength(1);
    expect(skipped).toEqual([
      { row: 4, reason: 'There is no " - " between artist and title.', text: 'no separator' },
      { row: 5, reason: 'There is no " - " between artist and title.', text: '- nobody' },
      { row: 6, reason: 'There is no " - " between artist and title.', text: 'Blur -' },
    ]);
    expect(read).toBe(4);
  });

  it('stops at 10,000 tracks, and at once when there are too many lines', async () => {
    expect((await readTextLines('a - b\n'.repeat(10_000))).tracks).toHaveLength(10_000);
    await expect(readTextLines('a - b\n'.repeat(10_001))).rejects.toThrow(PlaylistTooLongError);
    await expect(readTextLines('\n'.repeat(5_000_000))).rejects.toThrow(PlaylistTooLongError);
    await expect(readTextLines('junk\n'.repeat(20_001))).rejects.toThrow(PlaylistTooLongError);
  });

  it('accounts for every row of any text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', ' ', '-', '\t', '\n', '\r', '#', '1', '.', '\u0000', '–') }),
        fc.boolean(),
        async (text, isInCrumbs) => {
          const { tracks, skipped, skippedTotal, read } = await readTextLines(text, isInCrumbs ? text : [text]);

          expect(read).toBe(tracks.length + skippedTotal);
          expect(skipped).toHaveLength(skippedTotal);
        },
      ),
    );
  });
});
