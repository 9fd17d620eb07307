import fc from 'fast-check';

import { PlaylistTooLongError } from '../playlists.errors.js';
import { readTextLines } from './text.reader.js';

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
  ])('%j is %j with %j', (line, artist, title) => {
    expect(readTextLines(line).tracks).toEqual([
      { artist, title, album: null, albumArtist: null, durationSeconds: null },
    ]);
  });

  it('takes a third column for the album', () => {
    expect(readTextLines('Radiohead\tCreep\tPablo Honey').tracks[0]?.album).toBe('Pablo Honey');
  });

  it('reads any line breaks, passes over blank lines and comments, and reports the rest by line', () => {
    const { tracks, skipped, read } = readTextLines(
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

  it('stops at 10,000 tracks, and at once when there are too many lines', () => {
    expect(readTextLines('a - b\n'.repeat(10_000)).tracks).toHaveLength(10_000);
    expect(() => readTextLines('a - b\n'.repeat(10_001))).toThrow(PlaylistTooLongError);
    expect(() => readTextLines('\n'.repeat(5_000_000))).toThrow(PlaylistTooLongError);
    expect(() => readTextLines('junk\n'.repeat(20_001))).toThrow(PlaylistTooLongError);
  });

  it('accounts for every row of any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '-', '\t', '\n', '\r', '#', '1', '.', '\u0000', '–') }),
        (text) => {
          const { tracks, skipped, skippedTotal, read } = readTextLines(text);

          expect(read).toBe(tracks.length + skippedTotal);
          expect(skipped).toHaveLength(skippedTotal);
        },
      ),
    );
  });
});
