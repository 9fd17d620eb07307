import fc from 'fast-check';

import { DomainError } from '../../../common/errors/domain-error.js';
import { baseNameOf, extensionOf, titleOf } from './file-name.js';
import { readPlaylistFile } from './read-playlist-file.js';

const codeOf = async (content: string | Buffer, fileName: string): Promise<string> => {
  try {
    await readPlaylistFile(Buffer.from(content as string), fileName);
    return 'read';
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
};

const NONE = { tracks: [], skippedTotal: 0, read: 0 };

describe('readPlaylistFile', () => {
  it.each([
    ['[{"artist":"a","title":"b"}]', 'x.csv'],
    ['[{"artist":"a","title":"b"}]', 'x'],
    ['artist,title\na,b\n', 'x.txt'],
    ['artist;title\na;b\n', 'x.json'],
    ['a - b', 'x.txt'],
    ['a - b', 'x'],
    ['[a] - b', ''],
  ])('knows %j, called %j, by its content', async (content, fileName) => {
    expect(await codeOf(content, fileName)).toBe('read');
  });

  it.each([
    ['', 'x.csv', 'file_empty'],
    [' \r\n\t', 'x.json', 'file_empty'],
    ['a - b', 'x.csv', 'file_format_unknown'],
    ['a - b', 'x.json', 'file_format_unknown'],
    ['{"hello":1}', 'x.txt', 'file_format_unknown'],
    ['hello', 'x.txt', 'no_tracks_found'],
    ['artist,title\n', 'x.csv', 'no_tracks_found'],
    ['[]', 'x.json', 'no_tracks_found'],
    ['a\0,b', 'x.csv', 'file_not_text'],
  ])('refuses %j, called %j, with %s', async (content, fileName, code) => {
    expect(await codeOf(content, fileName)).toBe(code);
  });

  it('says why no tracks were found', async () => {
    await expect(readPlaylistFile(Buffer.from('artist,title\n,a\n,b\nc,\n,d\n'), 'x.csv')).rejects.toThrow(
      'No tracks were found. Row 2: There is no artist. Row 3: There is no artist. Row 4: There is no title. And 1 more.',
    );
  });

  it('makes a reading or one of our errors of any bytes', async () => {
    const pieces = fc.constantFrom(
      'artist,title\n',
      'sep=;\n',
      '"',
      ',',
      ';',
      '\t',
      '\r',
      '[{"artist":"',
      '{',
      '\ufeff',
      ' - ',
    );
    const bytes = fc
      .array(
        fc.oneof(
          fc.uint8Array({ maxLength: 20 }),
          pieces.map((piece) => Buffer.from(piece)),
        ),
      )
      .map((parts) => Buffer.concat(parts));
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.constantFrom('x.csv', 'x.json', 'x.txt', 'x', 'x.bin', '/'),
        async (content, fileName) => {
          try {
            const [{ tracks, skippedTotal, read } = NONE] = await readPlaylistFile(content, fileName);
            expect(read).toBe(tracks.length + skippedTotal);
            expect(JSON.stringify(tracks)).not.toMatch(/\\u00[01]|\\ud[89a-f]/);
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('the name of a file', () => {
  it.each([
    ['../../etc/passwd', 'passwd', ''],
    ['C:\\Music\\Mine.csv', 'Mine', 'csv'],
    ['lo-fi-beats.exportify.csv', 'lo-fi-beats.exportify', 'csv'],
    ['Emoji 🎸.JSON', 'Emoji 🎸', 'json'],
    ['a\u0000b.txt', 'ab', 'txt'],
    ['.csv', '', 'csv'],
    ['', '', ''],
    ['/', '', ''],
  ])('%j gives the title %j and the extension %j', (fileName, title, extension) => {
    expect([titleOf(fileName), extensionOf(fileName)]).toEqual([title, extension]);
    expect(baseNameOf(fileName)).not.toMatch(/[\\/]/);
  });
});
