import type { PlaylistTrack } from '../playlist-track.js';

const MOST_LISTED = 200;

interface NamedPlace {
  /** Counted from 1. */
  position: number;
  artist: string;
  title: string;
}

interface Listed<Item> {
  total: number;
  /** The first 200. */
  items: Item[];
}

/** What a new list of tracks does to the one before. A track that stands in both and kept its order is in none of these. */
export interface TrackChanges {
  before: number;
  after: number;
  /** With their new places. */
  added: Listed<NamedPlace>;
  /** With their former places. */
  removed: Listed<NamedPlace>;
  moved: Listed<NamedPlace & { from: number }>;
}

/** As few as possible are called moved: those outside the longest run that kept its order. */
export function changesBetween(before: readonly PlaylistTrack[], after: readonly PlaylistTrack[]): TrackChanges {
  const formerPlaces = pairUp(before, after);
  const kept = new Set(formerPlaces.filter((place) => place !== null));
  const inOrder = longestRisingRun(formerPlaces);
  const added = after.flatMap((track, index) => (formerPlaces[index] === null ? [placeOf(track, index)] : []));
  const removed = before.flatMap((track, index) => (kept.has(index) ? [] : [placeOf(track, index)]));
  const moved = after.flatMap((track, index) => {
    const from = formerPlaces[index] ?? null;
    return from === null || inOrder.has(index) ? [] : [{ ...placeOf(track, index), from: from + 1 }];
  });
  return {
    before: before.length,
    after: after.length,
    added: listed(added),
    removed: listed(removed),
    moved: listed(moved),
  };
}

export function isNothing({ added, removed, moved }: TrackChanges): boolean {
  return added.total + removed.total + moved.total === 0;
}

/** Of each new place the former one of the same track; of several that are the same, the first goes with the first. */
function pairUp(before: readonly PlaylistTrack[], after: readonly PlaylistTrack[]): Array<number | null> {
  const places = new Map<string, number[]>();
  for (const [index, track] of [...before.entries()].reverse()) {
    const key = identityOf(track);
    const known = places.get(key);
    if (known) {
      known.push(index);
    } else {
      places.set(key, [index]);
    }
  }
  return after.map((track) => places.get(identityOf(track))?.pop() ?? null);
}

/** The indexes of the longest subsequence whose values rise; patience sorting, so 10,000 take no time. */
function longestRisingRun(values: ReadonlyArray<number | null>): Set<number> {
  const ends: number[] = [];
  const previous = new Map<number, number | undefined>();
  for (const [index, value] of values.entries()) {
    if (value === null) {
      continue;
    }
    const length = firstNotBelow(ends, value, values);
    previous.set(index, ends[length - 1]);
    ends[length] = index;
  }
  const run = new Set<number>();
  for (let index = ends.at(-1); index !== undefined; index = previous.get(index)) {
    run.add(index);
  }
  return run;
}

function firstNotBelow(ends: readonly number[], value: number, values: ReadonlyArray<number | null>): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[ends[middle] ?? 0] ?? 0) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function identityOf({ artist, title, album }: PlaylistTrack): string {
  return JSON.stringify([artist, title, album]);
}

function placeOf({ artist, title }: PlaylistTrack, index: number): NamedPlace {
  return { position: index + 1, artist, title };
}

function listed<Item>(items: Item[]): Listed<Item> {
  return { total: items.length, items: items.slice(0, MOST_LISTED) };
}
