import { FileDeclaresEntitiesError, FileFormatUnknownError } from './reading.errors.js';
import type { Reading } from './reading.js';
import { unhurried } from './text-pieces.js';
import { looksLikeXml, readXspf as readPieces } from './xspf.reader.js';

const readXspf = (text: string, isInCrumbs = false): Promise<Reading> =>
  readPieces(unhurried(isInCrumbs ? text : [text]));
const xspf = (content: string, attributes = 'xmlns="http://xspf.org/ns/0/"') =>
  `<playlist version="1" ${attributes}>${content}</playlist>`;
const tracks = (...each: string[]) =>
  `<trackList>${each.map((track) => `<track>${track}</track>`).join('')}</trackList>`;
const CREEP = '<creator>Radiohead</creator><title>Creep</title>';

describe('readXspf', () => {
  it('reads title, annotation and tracks, with lengths in milliseconds, however the text is cut', async () => {
    const text = xspf(
      `<title>Mine &amp; yours</title><annotation>Two\r\nlines</annotation>${tracks(
        `${CREEP}<album>Pablo Honey</album><duration>239400</duration><trackNum>2</trackNum>`,
        '<creator>優里</creator><title>&#x1F940;<!-- no --></title><duration>soon</duration>',
      )}`,
    );
    const expected = {
      title: 'Mine & yours',
      description: 'Two\nlines',
      tracks: [
        { artist: 'Radiohead', title: 'Creep', album: 'Pablo Honey', albumArtist: null, durationSeconds: 239 },
        { artist: '優里', title: '🥀', album: null, albumArtist: null, durationSeconds: null },
      ],
      ...{ read: 2, skipped: [], skippedTotal: 0 },
    };

    expect(await readXspf(text)).toEqual(expected);
    expect(await readXspf(text, true)).toEqual(expected);
  });

  it.each([
    ['its namespace', xspf(tracks(CREEP))],
    ['no namespace', xspf(tracks(CREEP), '')],
    [
      'a prefix',
      '<p:playlist xmlns:p="http://xspf.org/ns/0/"><p:trackList><p:track><p:creator>Radiohead</p:creator>' +
        '<p:title>Creep</p:title></p:track></p:trackList></p:playlist>',
    ],
  ])('knows XSPF in %s', async (_what, text) => {
    expect((await readXspf(text)).tracks).toMatchObject([{ artist: 'Radiohead', title: 'Creep' }]);
  });

  it('passes over what stands in other namespaces and in extensions', async () => {
    const text = xspf(
      tracks(`${CREEP}<o:title>Other</o:title><extension application="x"><title>Other</title></extension>`),
      'xmlns="http://xspf.org/ns/0/" xmlns:o="urn:other"',
    );

    expect((await readXspf(text)).tracks).toMatchObject([{ title: 'Creep' }]);
  });

  it('takes a title apart where there is no artist, and reports a track without either', async () => {
    const { tracks: read, skipped } = await readXspf(
      xspf(tracks('<title>Low - Lazy</title>', '<title>Lazy</title>', '')),
    );

    expect(read).toMatchObject([{ artist: 'Low', title: 'Lazy' }]);
    expect(skipped).toEqual([
      { row: 2, reason: 'There is no artist.', text: '? - Lazy' },
      { row: 3, reason: 'There is no artist.', text: '? - ?' },
    ]);
  });

  it.each([
    ['a document type', `<!DOCTYPE playlist>${xspf(tracks(CREEP))}`, FileDeclaresEntitiesError, 'DOCTYPE'],
    ['an iTunes library', '<!DOCTYPE plist PUBLIC "x" "y"><plist/>', FileDeclaresEntitiesError, 'iTunes'],
    ['an unknown entity', xspf(tracks('<title>&secret;</title>')), FileFormatUnknownError, 'line 1'],
    ['what is not well-formed', '<playlist>\n<title>', FileFormatUnknownError, 'line 2'],
    ['another root', '<rss version="2.0"></rss>', FileFormatUnknownError, 'no XSPF'],
    ['another namespace', xspf('', 'xmlns="urn:other"'), FileFormatUnknownError, 'no XSPF'],
    ['endless nesting', xspf('<a>'.repeat(1_000_000)), FileFormatUnknownError, 'no XSPF'],
    [
      'endless attributes',
      xspf('', Array.from({ length: 100_000 }, (_, i) => `a${i}=""`).join(' ')),
      FileFormatUnknownError,
      'no XSPF',
    ],
  ])('refuses %s', async (_what, text, error, sentence) => {
    const refusal = expect(readXspf(text)).rejects;
    await refusal.toThrow(error);
    await expect(readXspf(text)).rejects.toThrow(sentence);
  });

  it('is told from text by its beginning', () => {
    expect(['<?xml version="1.0"?>', '\n<playlist>', '<x:playlist ', '<!DOCTYPE'].map(looksLikeXml)).not.toContain(
      false,
    );
    expect(['<3 - Love Song', 'x', '< - x'].map(looksLikeXml)).not.toContain(true);
  });
});
