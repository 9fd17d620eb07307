import fc from 'fast-check';

import type { PlaylistTrack } from '../playlist-track.js';
import { PlaylistTooLongError } from '../playlists.errors.js';
import { hasCsvHeader, readCsv as readPieces } from './csv.reader.js';
import { FileFormatUnknownError } from './reading.errors.js';
import type { Reading } from './reading.js';
import { slicesOf, unhurried } from './text-pieces.js';

const quoted = (field: string | number | null): string => `"${String(field ?? '').replaceAll('"', '""')}"`;
const csvOf = (rows: (string | number | null)[][], delimiter = ',', lineBreak = '\n'): string =>
  rows.map((row) => row.map(quoted).join(delimiter) + lineBreak).join('');

/** @param pieces the same text in pieces; otherwise they are as large as those of a file */
const readCsv = (text: string, pieces: Iterable<string> = slicesOf(text)): Promise<Reading> =>
  readPieces(unhurried(pieces), text);

/** In characters; every text that is given up on has millions. */
const SOON = 500_000;

/** Tells how much of a text was asked for. */
function piecesCounted(text: string): { pieces: Iterable<string>; charactersRead: () => number } {
  let read = 0;
  const counted = function* (): Generator<string> {
    for (const piece of slicesOf(text)) {
      read += piece.length;
      yield piece;
    }
  };
  return { pieces: counted(), charactersRead: () => read };
}

describe('readCsv', () => {
  it('matches headers in any case and order, and reads what it knows of a row', async () => {
    const { tracks, read } = await readCsv('DURATION,Album,ARTIST,title\n3:20,Pablo Honey,Radiohead,Creep\n');

    expect(read).toBe(1);
    expect(tracks).toEqual([
      { artist: 'Radiohead', title: 'Creep', album: 'Pablo Honey', albumArtist: null, durationSeconds: 200 },
    ]);
  });

  it.each([',', ';', '\t', '|'])('finds out that %j separates the fields', async (delimiter) => {
    const { tracks } = await readCsv(
      csvOf(
        [
          ['artist', 'title'],
          ['Earth, Wind & Fire', 'a;b'],
        ],
        delimiter,
        '\r\n',
      ),
    );

    expect(tracks).toMatchObject([{ artist: 'Earth, Wind & Fire', title: 'a;b' }]);
  });

  it("skips Excel's separator line and counts it", async () => {
    const { tracks, skipped } = await readCsv('sep=;\r\nartist;title\r\nRadiohead;Creep\r\n;Nobody\r\n');

    expect(tracks).toHaveLength(1);
    expect(skipped).toEqual([{ row: 4, reason: 'There is no artist.', text: ';Nobody' }]);
  });

  it('never takes a name in a singular "artist" column apart', async () => {
    expect((await readCsv('artist,title\n"A;B,C",x')).tracks[0]?.artist).toBe('A;B,C');
  });

  it("keeps the album artist and the playlist's own title", async () => {
    const { tracks, title } = await readCsv(
      'Track name,Artist name,Album,Album Artist Name(s),Playlist name\nCreep,Radiohead,Now 25,Various Artists,Nineties\n',
    );

    expect(title).toBe('Nineties');
    expect(tracks[0]?.albumArtist).toBe('Various Artists');
  });

  it('reports rows by the number a spreadsheet shows, blank rows and line breaks in quotes included', async () => {
    const text = 'artist,title\n\n"Two\nlines",Song\n,No artist\nNo title,\nToo short\nFine,Song\n';

    const { tracks, skipped, read } = await readCsv(text);

    expect(tracks.map(({ artist }) => artist)).toEqual(['Two lines', 'Fine']);
    expect(skipped.map(({ row, reason }) => [row, reason])).toEqual([
      [4, 'There is no artist.'],
      [5, 'There is no title.'],
      [6, 'There is no title.'],
    ]);
    expect(read).toBe(5);
  });

  it('skips a row whose name is longer than 1,000 characters', async () => {
    const { skipped, tracks } = await readCsv(
      csvOf([
        ['artist', 'title'],
        ['x'.repeat(5000), 'a'],
        ['y'.repeat(1000), 'b'],
      ]),
    );

    expect(tracks).toHaveLength(1);
    expect(skipped).toEqual([{ row: 2, reason: 'The artist is longer than 1,000 characters.', text: 'x'.repeat(200) }]);
  });

  it('treats an implausible length as unknown', async () => {
    const { tracks } = await readCsv('artist,title,Duration (ms)\na,b,0\na,b,99999999999\na,b,soon\na,b,1000\n');

    expect(tracks.map(({ durationSeconds }) => durationSeconds)).toEqual([null, null, null, 1]);
  });

  it('drops control characters from names', async () => {
    expect((await readCsv('artist,title\nRadio\u0007head,"Cr\teep"')).tracks).toMatchObject([
      { artist: 'Radiohead', title: 'Cr eep' },
    ]);
  });

  it('keeps what came before a quotation mark that is never closed, and says where reading ended', async () => {
    const { tracks, skipped } = await readCsv(`artist,title\nRadiohead,Creep\n"open,${'x,\n'.repeat(100)}`);

    expect(tracks).toHaveLength(1);
    expect(skipped).toMatchObject([{ row: 3 }]);
  });

  it('lists the first 200 skipped rows and counts all', async () => {
    const { skipped, skippedTotal, read } = await readCsv(`artist,title\n${'a,\n'.repeat(300)}`);

    expect([skipped.length, skippedTotal, read]).toEqual([200, 300, 300]);
  });

  it('needs a title and an artist among the headers', async () => {
    expect(hasCsvHeader('Radiohead,Creep\n')).toBe(false);
    expect(hasCsvHeader('artist,album\n')).toBe(false);
    await expect(readCsv('Radiohead,Creep\n')).rejects.toThrow(FileFormatUnknownError);
    await expect(readCsv('Radiohead,Creep\n')).rejects.toThrow('"Track Name"');
  });

  it('reads 10,000 tracks and refuses one more, at once however long the file is', async () => {
    const rows = (count: number) => `artist,title\n${'a,b\n'.repeat(count)}`;
    expect((await readCsv(rows(10_000))).tracks).toHaveLength(10_000);

    await expect(readCsv(rows(10_001))).rejects.toThrow('10,000');
    const endless = piecesCounted(rows(1_000_000));
    await expect(readCsv(rows(1), endless.pieces)).rejects.toThrow(PlaylistTooLongError);
    expect(endless.charactersRead()).toBeLessThan(SOON);
  });

  it.each([
    ['one endless row of commas', `artist,title\n${','.repeat(9_000_000)}`],
    ['rows of commas', `artist,title\n${`${','.repeat(200)}\n`.repeat(40_000)}`],
    ['rows without a track', `artist,title\n${'a,\n'.repeat(3_000_000)}`],
    ['one endless quotation', `artist,title\n"${'x'.repeat(9_000_000)}`],
    ['an endless quotation over many lines', `artist,title\n"${`${'x'.repeat(99)}\n`.repeat(90_000)}`],
    ['nothing but quotation marks', `artist,title\n${'"'.repeat(9_000_000)}`],
  ])('gives up on %s near its beginning', async (_what, text) => {
    const { pieces, charactersRead } = piecesCounted(text);
    try {
      await readCsv(text, pieces);
    } catch (error) {
      expect(error).toHaveProperty('code');
    }

    expect(charactersRead()).toBeLessThan(SOON);
  });

  it('reads any list of tracks that was written with quotes as it was', async () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((text) => text.trim() === text && text !== '');
    const track: fc.Arbitrary<PlaylistTrack> = fc.record({
      artist: name,
      title: name,
      album: fc.option(name),
      albumArtist: fc.constant(null),
      durationSeconds: fc.option(fc.integer({ min: 1, max: 86_400 })),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(track, { maxLength: 20 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        async (tracks, delimiter, lineBreak, isInCrumbs) => {
          const rows = tracks.map(({ artist, title, album, durationSeconds }) => [
            artist,
            title,
            album,
            durationSeconds,
          ]);
          const csv = csvOf([['Artist', 'Title', 'Album', 'Duration'], ...rows], delimiter, lineBreak);

          expect((await readCsv(csv, isInCrumbs ? csv : [csv])).tracks).toEqual(tracks);
        },
      ),
    );
  });
});
