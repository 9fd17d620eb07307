import fc from 'fast-check';

import { readM3u as readPieces } from './m3u.reader.js';
import { FileIsStreamError } from './reading.errors.js';
import type { Reading } from './reading.js';
import { unhurried } from './text-pieces.js';

const readM3u = (text: string, isInCrumbs = false): Promise<Reading> =>
  readPieces(unhurried(isInCrumbs ? text : [text]));
const namesIn = async (text: string) => {
  const { tracks } = await readM3u(text);
  return tracks.map(({ artist, title, album, albumArtist }) => [artist, title, album, albumArtist]);
};

describe('readM3u', () => {
  it.each([
    ['#EXTINF:239,Radiohead - Creep', 'Radiohead', 'Creep'],
    ['#EXTINF:-1,Radiohead – Creep – Live', 'Radiohead', 'Creep – Live'],
    ['#extinf: 239.5 tvg-id="a,b" x="c",Radiohead - Creep', 'Radiohead', 'Creep'],
    ['#EXTINF:239,10,000 Maniacs - "These, Are" Days', '10,000 Maniacs', '"These, Are" Days'],
    ['#EXTINF:,Low - 2-Step', 'Low', '2-Step'],
  ])('%s is %s with %s', async (line, artist, title) => {
    expect(await namesIn(`#EXTM3U\n${line}\nx.mp3\n`)).toEqual([[artist, title, null, null]]);
  });

  it.each([
    ['/music/Radiohead - Creep.mp3', [['Radiohead', 'Creep', null, null]]],
    ['C:\\Music\\07 - Radiohead - Creep.mp3', [['Radiohead', 'Creep', null, null]]],
    ['1-07. 50 Cent - In da Club.flac', [['50 Cent', 'In da Club', null, null]]],
    ['50 Cent - In da Club.flac', [['50 Cent', 'In da Club', null, null]]],
    ['file:///music/Sigur%20R%C3%B3s%20-%20Svefn.mp3', [['Sigur Rós', 'Svefn', null, null]]],
    ['http://radio.example.org/100%', []],
    ['02 - Creep.mp3', []],
    ['Radiohead/Pablo Honey/02 Creep.mp3', []],
  ])('believes the file name %s where it says both names', async (location, names) => {
    expect(await namesIn(`#EXTM3U\n${location}\n`)).toEqual(names);
  });

  it('takes an artist with a dash from EXTART, and any other EXTART for the artist of the album', async () => {
    const text = [
      '#EXTART:Above - Beyond',
      '#EXTINF:1,Above - Beyond - Sun - Moon',
      '1',
      '#EXTART:Jay - Z',
      '#EXTART:Various',
      '#EXTALB:Now 7',
      '#EXTINF:1,Jay - Z - Encore',
      '2',
      '#EXTART:Various',
      '#EXTINF:1,Low - Lazy',
      '3',
    ].join('\n');

    expect(await namesIn(text)).toEqual([
      ['Above - Beyond', 'Sun - Moon', null, null],
      ['Jay - Z', 'Encore', 'Now 7', 'Various'],
      ['Low', 'Lazy', null, 'Various'],
    ]);
  });

  it('takes one EXTALB and EXTART at the beginning for all tracks, and one further on for its own', async () => {
    const of = (lines: string[]) => namesIn(['#EXTM3U', ...lines].join('\n'));

    expect(await of(['#EXTALB:A', '#EXTART:Low', '#EXTINF:1,Low - One', '1', '#EXTINF:1,Two', '2'])).toEqual([
      ['Low', 'One', 'A', null],
      ['Low', 'Two', 'A', null],
    ]);
    expect(await of(['#EXTINF:1,Low - One', '1', '#EXTALB:A', '#EXTINF:1,Low - Two', '2'])).toEqual([
      ['Low', 'One', null, null],
      ['Low', 'Two', 'A', null],
    ]);
    expect(await of(['#EXTALB:A', '#EXTINF:1,Low - One', '1', '#EXTALB:', '#EXTINF:1,Low - Two', '2'])).toEqual([
      ['Low', 'One', 'A', null],
      ['Low', 'Two', null, null],
    ]);
  });

  it('reports what it could not use by its line', async () => {
    const { skipped, tracks, title } = await readM3u(
      '#EXTM3U\n#PLAYLIST: Mine \n#EXTGRP:x\n#EXTINF:1,BBC One\nhttp://x\n\ny.mp3\n#EXTINF:7,Low - Open end',
    );

    expect(title).toBe('Mine');
    expect(tracks).toMatchObject([{ artist: 'Low', title: 'Open end', durationSeconds: 7 }]);
    expect(skipped).toEqual([
      { row: 4, reason: 'There is no " - " between artist and title.', text: '#EXTINF:1,BBC One' },
      { row: 7, reason: 'There is only a file name, which does not say artist and title.', text: 'y.mp3' },
    ]);
  });

  it('refuses the pieces of a stream', async () => {
    await expect(readM3u('#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:9,\nfirst.ts\n')).rejects.toThrow(FileIsStreamError);
  });

  it('accounts for every entry of any text, however it is cut', async () => {
    const line = fc.constantFrom(
      '#EXTM3U',
      '#EXTINF:1,a - b',
      '#EXTINF:2,',
      '#EXTART:a',
      '#EXTALB:c',
      'd - e.mp3',
      'f',
      '',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.constantFrom('\n', '\r\n', '\r'), async (lines, lineBreak) => {
        const reading = await readM3u(lines.join(lineBreak), true);

        expect(reading).toEqual(await readM3u(lines.join(lineBreak)));
        expect(reading.read).toBe(reading.tracks.length + reading.skippedTotal);
      }),
    );
  });
});
