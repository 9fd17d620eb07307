import { scrobbleParams, type ScrobbledTrack } from './scrobble-params.js';

const track = (change: Partial<ScrobbledTrack> = {}): ScrobbledTrack => ({
  artist: 'Low',
  title: 'Words',
  album: null,
  albumArtist: null,
  durationSeconds: null,
  playedAt: new Date('2026-01-15T12:00:00.999Z'),
  chosenByUser: true,
  ...change,
});

describe('scrobbleParams', () => {
  it('names what is known and leaves the rest out', () => {
    expect(scrobbleParams([track()])).toEqual({
      'artist[0]': 'Low',
      'track[0]': 'Words',
      'timestamp[0]': '1768478400',
    });
  });

  it('numbers the items from 0', () => {
    const titles = scrobbleParams([track({ title: 'a' }), track({ title: 'b' }), track({ title: 'c' })]);
    expect(titles).toMatchObject({ 'track[0]': 'a', 'track[1]': 'b', 'track[2]': 'c' });
  });

  it.each([
    { seconds: 29, sent: undefined },
    { seconds: 0, sent: undefined },
    { seconds: 30, sent: '30' },
    { seconds: 180, sent: '180' },
  ])('says $sent for a length of $seconds seconds', ({ seconds, sent }) => {
    expect(scrobbleParams([track({ durationSeconds: seconds })])['duration[0]']).toBe(sent);
  });

  it.each([
    'VA',
    'va',
    'V.A.',
    'V/A',
    ' VA ',
    'Various',
    'various artists',
    'Various Artists + more',
    'Various Artists & Friends',
    'Various Artists (2004)',
  ])('sends the album artist "%s" as exactly Various Artists', (albumArtist) => {
    expect(scrobbleParams([track({ albumArtist })])['albumArtist[0]']).toBe('Various Artists');
  });

  it.each(['Vanessa', 'Various Artistsson', 'The Various', 'Nova'])(
    'leaves the album artist "%s" alone',
    (albumArtist) => {
      expect(scrobbleParams([track({ albumArtist })])['albumArtist[0]']).toBe(albumArtist);
    },
  );

  it('sends an album artist only where it differs from the artist', () => {
    expect(scrobbleParams([track({ albumArtist: 'Low' })])).not.toHaveProperty('albumArtist[0]');
  });

  it('says so where somebody else chose the music', () => {
    expect(scrobbleParams([track({ chosenByUser: false })])['chosenByUser[0]']).toBe('0');
  });
});
