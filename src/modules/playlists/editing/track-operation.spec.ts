import fc from 'fast-check';

import type { PlaylistTrack } from '../playlist-track.js';
import { TrackPositionError } from './editing.errors.js';
import { applyOperations, type TrackOperation } from './track-operation.js';

const track = (title: string, artist = 'A'): PlaylistTrack => ({
  artist,
  title,
  album: null,
  albumArtist: null,
  durationSeconds: null,
});
const list = (titles: string): PlaylistTrack[] => Array.from(titles, (title) => track(title));
const after = (titles: string, ...operations: TrackOperation[]): string =>
  applyOperations(list(titles), operations)
    .tracks.map(({ title }) => title)
    .join('');

describe('editing a list of tracks', () => {
  it.each([
    { what: 'adds at the end', operation: { op: 'add', tracks: list('xy') }, is: 'abcdexy' },
    { what: 'adds before the first', operation: { op: 'add', tracks: list('x'), position: 0 }, is: 'xabcde' },
    { what: 'adds after the last', operation: { op: 'add', tracks: list('x'), position: 5 }, is: 'abcdex' },
    { what: 'removes several, also named twice', operation: { op: 'remove', positions: [4, 0, 4] }, is: 'bcd' },
    { what: 'moves one down', operation: { op: 'move', positions: [1], to: 3 }, is: 'acdbe' },
    { what: 'moves one up', operation: { op: 'move', positions: [3], to: 0 }, is: 'dabce' },
    {
      what: 'moves several together, in their order',
      operation: { op: 'move', positions: [4, 0], to: 1 },
      is: 'baecd',
    },
    { what: 'moves to the end', operation: { op: 'move', positions: [0, 1], to: 3 }, is: 'cdeab' },
    { what: 'moves all of them nowhere', operation: { op: 'move', positions: [0, 1, 2, 3, 4], to: 0 }, is: 'abcde' },
    { what: 'replaces one', operation: { op: 'replace', position: 2, track: track('x') }, is: 'abxde' },
  ] as Array<{ what: string; operation: TrackOperation; is: string }>)('$what', ({ operation, is }) => {
    expect(after('abcde', operation)).toBe(is);
  });

  it('counts positions in the list as the operations before leave it', () => {
    expect(after('abc', { op: 'remove', positions: [0] }, { op: 'remove', positions: [0] })).toBe('c');
  });

  it('keeps the first of what is the same track, however it is written', () => {
    expect(after('abABcá', { op: 'remove_duplicates' })).toBe('abc');
  });

  it.each([
    { operation: { op: 'add', tracks: list('x'), position: 3 }, path: 'operations.0.position' },
    { operation: { op: 'remove', positions: [0, 2] }, path: 'operations.0.positions.1' },
    { operation: { op: 'move', positions: [0], to: 2 }, path: 'operations.0.to' },
    { operation: { op: 'replace', position: 2, track: track('x') }, path: 'operations.0.position' },
  ] as Array<{ operation: TrackOperation; path: string }>)(
    'refuses a position past the end: $path',
    ({ operation, path }) => {
      const refusal = (() => {
        try {
          applyOperations(list('ab'), [operation]);
          return null;
        } catch (error) {
          return error;
        }
      })();

      expect(refusal).toBeInstanceOf(TrackPositionError);
      expect((refusal as TrackPositionError).problems).toMatchObject([{ path }]);
    },
  );

  it('loses and doubles nothing by moving, and puts the first of the moved where it was told to', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(40), { minLength: 1, maxLength: 20 }), fc.nat(1_000), (positions, seed) => {
        const tracks = Array.from({ length: 41 }, (_, index) => track(String(index)));
        const to = seed % (tracks.length - positions.length + 1);

        const moved = applyOperations(tracks, [{ op: 'move', positions, to }]).tracks;

        const rising = positions.toSorted((one, other) => one - other);
        expect(moved.slice(to, to + rising.length)).toEqual(rising.map((position) => tracks[position]));
        expect(new Set(moved)).toEqual(new Set(tracks));
        expect(moved).toHaveLength(tracks.length);
      }),
    );
  });
});
