import { entryOf, plainDescription } from './entry-of.js';
import { spotifyEntry } from './spotify-replies.js';

const read = (entry: unknown) => entryOf(spotifyEntry.parse(entry));
const song = { name: 'Lucy', artists: [{ name: 'Otis Neon' }, { name: 'Zen Park' }], album: { name: 'Lucy' } };

describe('an entry of a Spotify playlist', () => {
  it('is a track of its first artist, whether it is called item or track', () => {
    const track = { kind: 'track', artist: 'Otis Neon', title: 'Lucy', album: 'Lucy', durationSeconds: 130.5 };

    expect(read({ item: { ...song, duration_ms: 130_500 } })).toEqual(track);
    expect(read({ track: { ...song, duration_ms: 130_500 } })).toEqual(track);
  });

  it('is none where something is missing or no song, and says why', () => {
    expect(entryOf(null)).toMatchObject({ kind: 'no-track', reason: 'Spotify no longer has what was here.' });
    expect(read({ item: null, track: null })).toMatchObject({ kind: 'no-track' });
    expect(read({ item: { name: 'A talk', type: 'episode' } })).toEqual({
      kind: 'no-track',
      reason: 'This is an episode of a podcast, not a song.',
      text: 'A talk',
    });
  });

  it("is a track too when it is a file on its owner's disk that has names", () => {
    expect(read({ is_local: true, item: song })).toMatchObject({ kind: 'track', artist: 'Otis Neon' });
    expect(read({ is_local: true, item: { ...song, artists: [{ name: '' }] } })).toMatchObject({
      kind: 'no-track',
      text: '? - Lucy',
    });
  });

  it('loses the markup of descriptions', () => {
    expect(plainDescription('<a href="spotify:artist:1">Tiësto</a>&#x27;s best &amp; more')).toBe(
      "Tiësto's best & more",
    );
  });
});
