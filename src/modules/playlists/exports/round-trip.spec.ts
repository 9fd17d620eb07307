import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';

import { MAX_DURATION_SECONDS, type PlaylistTrack } from '../playlist-track.js';
import { readPlaylistFile } from '../readers/read-playlist-file.js';
import type { Reading } from '../readers/reading.js';
import { isStorableLine, isStorableParagraphs } from '../storable-text.js';
import type { ExportedPlaylist } from './exported-playlist.js';
import { EXPORT_FORMATS, type ExportFormat, exportPieces } from './export-format.js';
import { xmlSafe } from './xspf.writer.js';

const SAMPLES = path.resolve('samples/playlists');

const exported = (playlist: ExportedPlaylist, format: ExportFormat): Buffer =>
  Buffer.from([...exportPieces(playlist, format)].join(''));

/** Under a name that says nothing: the content has to. */
async function imported(playlist: ExportedPlaylist, format: ExportFormat): Promise<Reading> {
  const [reading, ...others] = await readPlaylistFile(exported(playlist, format), 'x.bin');
  expect(others).toEqual([]);
  return reading!;
}

/** What must come back: everything, but for what the format has no place for or XML no way to write. */
function expected({ title, description, tracks }: ExportedPlaylist, format: ExportFormat): object {
  const asXml = (text: string) => (format === 'xspf' ? xmlSafe(text) : text);
  const orNull = (text: string | null) => (text === null ? null : asXml(text));
  const hasDescription = description !== null && format !== 'csv' && format !== 'm3u8';
  return {
    title: asXml(title),
    ...(hasDescription && { description: asXml(description) }),
    tracks: tracks.map((track) => ({
      artist: asXml(track.artist),
      title: asXml(track.title),
      album: orNull(track.album),
      albumArtist: orNull(track.albumArtist),
      durationSeconds: track.durationSeconds,
    })),
    ...{ read: tracks.length, skipped: [], skippedTotal: 0 },
  };
}

/** What means something in one of the formats, and any other character. */
const hostile = fc.constantFrom(
  ...['=', '+', '-', '@', "'", '"', ',', ';', '|', ' - ', ' – ', '#', '#EXTINF:1,', ': ', '<', '&', ']]>', '&lt;'],
  ...['{', '[', '\\', '/', '%41', '\u0085', '\u2028', '\ufffe', '\uffff', '\ufeff', '＝', '💩', '優', 'e\u0301', '1'],
);
const text = fc
  .oneof(
    fc.array(fc.oneof(hostile, fc.string({ unit: 'grapheme', maxLength: 3 })), { minLength: 1, maxLength: 6 }),
    fc.array(hostile, { minLength: 1, maxLength: 4 }),
  )
  .map((parts) => parts.join(''));
const isName = (name: string) => name !== '' && name === name.trim() && isStorableLine(name);
const name = text.filter(isName);
const description = fc
  .array(text, { minLength: 1, maxLength: 3 })
  .map((lines) => lines.join('\n').trim())
  .filter((paragraphs) => paragraphs !== '' && isStorableParagraphs(paragraphs));
const track: fc.Arbitrary<PlaylistTrack> = fc.record({
  artist: name,
  title: name,
  album: fc.option(name),
  albumArtist: fc.option(name),
  durationSeconds: fc.option(fc.integer({ min: 1, max: MAX_DURATION_SECONDS })),
});
const playlist: fc.Arbitrary<ExportedPlaylist> = fc.record({
  title: name,
  description: fc.option(description),
  tracks: fc.array(track, { minLength: 1, maxLength: 6 }),
});

interface ArchivedPlaylist {
  name: string;
  description: string;
  tracks: { title: string; artists: string[]; album: string; durationSeconds: number }[];
}

function realPlaylist(fileName: string): ExportedPlaylist {
  const archived = JSON.parse(readFileSync(path.join(SAMPLES, fileName), 'utf8')) as ArchivedPlaylist;
  return {
    title: archived.name.trim(),
    description: archived.description.trim() || null,
    tracks: archived.tracks.map(({ title, artists, album, durationSeconds }) => ({
      artist: artists[0]!.trim(),
      title: title.trim(),
      album: album.trim() || null,
      albumArtist: artists[1]?.trim() ?? null,
      durationSeconds,
    })),
  };
}

describe.each(EXPORT_FORMATS)('an export as %s', (format) => {
  it('imports back to the same playlist', async () => {
    await fc.assert(
      fc.asyncProperty(playlist, async (original) => {
        expect(await imported(original, format)).toEqual(expected(original, format));
      }),
      { numRuns: 100 },
    );
  });

  it.each(readdirSync(SAMPLES).filter((fileName) => fileName.endsWith('.json')))(
    'of %s imports back to the same playlist',
    async (fileName) => {
      const original = realPlaylist(fileName);

      expect(await imported(original, format)).toEqual(expected(original, format));
    },
  );
});

describe('an export for a spreadsheet', () => {
  const cellsOf = (title: string): string =>
    exported({ title: 'x', description: null, tracks: [{ ...NAMED, title }] }, 'csv')
      .toString()
      .split('\r\n')[1] ?? '';
  const NAMED = { artist: 'A', album: null, albumArtist: null, durationSeconds: null };

  it.each([
    ['=1+1', '"\'=1+1"'],
    ['+1', '"\'+1"'],
    ['-1', '"\'-1"'],
    ['@x', '"\'@x"'],
    ['＝1', '"\'＝1"'],
    ["'=1", '"\'\'=1"'],
    ["'Round Midnight", '"\'Round Midnight"'],
    ['"=1', '"""=1"'],
    ['1=1', '"1=1"'],
  ])('writes %s as %s, which runs nothing', (title, cell) => {
    expect(cellsOf(title).startsWith(`${cell},`)).toBe(true);
  });
});
