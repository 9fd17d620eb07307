import fc from 'fast-check';

import type { PlaylistTrack } from '../playlist-track.js';
import { changesBetween, isNothing } from './track-changes.js';

const track = (title: string): PlaylistTrack => ({
  ...{ artist: 'The Examples', title, album: null, albumArtist: null, durationSeconds: null },
});
const list = (titles: string) => Array.from(titles, track);
const brief = (before: string, after: string) => {
  const { added, removed, moved } = changesBetween(list(before), list(after));
  return {
    added: added.items.map(({ position, title }) => `${title}${position}`),
    removed: removed.items.map(({ position, title }) => `${title}${position}`),
    moved: moved.items.map(({ from, position, title }) => `${title}${from}>${position}`),
  };
};

describe('what a new list does to the one before', () => {
  it.each([
    { before: 'abc', after: 'abc', added: [], removed: [], moved: [] },
    { before: 'abc', after: 'abxc', added: ['x3'], removed: [], moved: [] },
    { before: 'abc', after: 'ac', added: [], removed: ['b2'], moved: [] },
    { before: 'abcde', after: 'eabcd', added: [], removed: [], moved: ['e5>1'] },
    { before: 'abcde', after: 'bcxea', added: ['x3'], removed: ['d4'], moved: ['a1>5'] },
    { before: 'aab', after: 'ab', added: [], removed: ['a2'], moved: [] },
    { before: 'ab', after: 'aab', added: ['a2'], removed: [], moved: [] },
    { before: '', after: 'ab', added: ['a1', 'b2'], removed: [], moved: [] },
    { before: 'ab', after: '', added: [], removed: ['a1', 'b2'], moved: [] },
  ])('from "$before" to "$after" is told in few words', ({ before, after, ...expected }) => {
    expect(brief(before, after)).toEqual(expected);
    expect(isNothing(changesBetween(list(before), list(after)))).toBe(before === after);
  });

  it('adds up, whatever the lists are', () => {
    const titles = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 30 });
    fc.assert(
      fc.property(titles, titles, (before, after) => {
        const { added, removed, moved } = changesBetween(before.map(track), after.map(track));
        expect(before.length - removed.total + added.total).toBe(after.length);
        expect(moved.total).toBeLessThanOrEqual(after.length - added.total);
      }),
    );
  });

  it('lists 200 of each and counts them all, of the longest playlists too', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => track(`${index}`));
    const { moved, added } = changesBetween(many, many.toReversed());

    expect([added.total, moved.total, moved.items.length]).toEqual([0, 9_999, 200]);
  });
});
