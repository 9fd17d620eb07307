import { mergeHits } from './merge-hits.js';
import type { FoundTrack } from './search-source.js';

const found = (artist: string, title: string, more: Partial<FoundTrack> = {}): FoundTrack => ({
  artist,
  title,
  album: null,
  albumArtist: null,
  durationSeconds: null,
  url: null,
  playlist: null,
  ...more,
});
const titles = (hits: ReadonlyArray<{ title: string }>) => hits.map(({ title }) => title);

describe('merging what sources have found', () => {
  it('lists a track once, with all its sources, spelt as the preferred one spells it', () => {
    const hits = mergeHits(
      'army of me',
      [
        { platform: 'lastfm', tracks: [found('bjork', 'army of me', { url: 'https://last.example/1', album: 'x' })] },
        { platform: 'deezer', tracks: [found('Björk', 'Army of Me', { album: 'Post', durationSeconds: 234 })] },
      ],
      10,
    );

    expect(hits).toEqual([
      {
        artist: 'Björk',
        title: 'Army of Me',
        album: 'Post',
        albumArtist: null,
        durationSeconds: 234,
        sources: [
          { platform: 'deezer', url: null, playlist: null },
          { platform: 'lastfm', url: 'https://last.example/1', playlist: null },
        ],
      },
    ]);
  });

  it('fills in from the others what the preferred source does not know', () => {
    const mine = found('A', 'One', { playlist: { id: '1', title: 'Mine' } });
    const theirs = found('A', 'One', { album: 'First', albumArtist: 'B', durationSeconds: 60 });

    const [hit] = mergeHits(
      'one',
      [
        { platform: 'spotify', tracks: [theirs] },
        { platform: 'playlists', tracks: [mine] },
      ],
      10,
    );

    expect(hit).toMatchObject({ album: 'First', albumArtist: 'B', durationSeconds: 60 });
  });

  it('puts what several sources know before what one ranks first', () => {
    const hits = mergeHits(
      'song',
      [
        { platform: 'lastfm', tracks: [found('A', 'Song one'), found('A', 'Song both')] },
        { platform: 'deezer', tracks: [found('A', 'Song two'), found('A', 'Song both')] },
      ],
      10,
    );

    expect(titles(hits)).toEqual(['Song both', 'Song two', 'Song one']);
  });

  it('puts what has all the words before what the sources rank higher', () => {
    const tracks = [found('Radiohead', 'No Surprises'), found('Tributes', 'Creép (Live)'), found('Radiohead', 'Creep')];

    const hits = mergeHits('creep RADIOHEAD', [{ platform: 'lastfm', tracks }], 10);

    expect(titles(hits)).toEqual(['Creep', 'No Surprises', 'Creép (Live)']);
  });

  it('counts a source once that has the same track on two albums', () => {
    const twice = [found('A', 'Song other'), found('A', 'Song', { album: 'X' }), found('a', 'song', { album: 'Y' })];

    const hits = mergeHits('song', [{ platform: 'spotify', tracks: twice }], 10);

    expect(titles(hits)).toEqual(['Song other', 'Song']);
    expect(hits[1]).toMatchObject({ album: 'X', sources: [{ platform: 'spotify' }] });
  });

  it('gives no more than asked for, and nothing for nothing', () => {
    const tracks = ['a', 'b', 'c'].map((title) => found('A', title));

    expect(titles(mergeHits('!?', [{ platform: 'lastfm', tracks }], 2))).toEqual(['a', 'b']);
    expect(mergeHits('x', [{ platform: 'lastfm', tracks: [] }], 2)).toEqual([]);
  });
});
