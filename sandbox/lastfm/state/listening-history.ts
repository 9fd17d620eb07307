import { playKeyOf, type SandboxScrobble } from './sandbox-scrobble.js';

const DAY_MS = 86_400_000;

interface DistinctCounts {
  readonly scrobbles: number;
  readonly artists: number;
  readonly albums: number;
  readonly tracks: number;
}

/** Everything one user has scrobbled: in order of arrival, and in order of play for whoever reads it. */
export class ListeningHistory {
  private readonly arrivals: SandboxScrobble[] = [];
  private readonly chronological: SandboxScrobble[] = [];
  private readonly playKeys = new Set<string>();
  private readonly countsByDay = new Map<number, number>();
  private isSorted = true;
  private counts: DistinctCounts = { scrobbles: 0, artists: 0, albums: 0, tracks: 0 };

  get inOrderOfArrival(): readonly SandboxScrobble[] {
    return this.arrivals;
  }

  get count(): number {
    return this.arrivals.length;
  }

  add(scrobble: SandboxScrobble): void {
    const last = this.chronological.at(-1);
    this.isSorted &&= !last || last.timestamp <= scrobble.timestamp;
    this.arrivals.push(scrobble);
    this.chronological.push(scrobble);
    this.playKeys.add(playKeyOf(scrobble));
    const day = dayOf(scrobble.receivedAt);
    this.countsByDay.set(day, (this.countsByDay.get(day) ?? 0) + 1);
  }

  has(playKey: string): boolean {
    return this.playKeys.has(playKey);
  }

  /** How many were accepted on the UTC day of `at`. */
  acceptedOnDayOf(at: Date): number {
    return this.countsByDay.get(dayOf(at)) ?? 0;
  }

  /** Plays that began at `from` or later and before `to` (unix seconds; null is open), oldest first. */
  between(from: number | null, to: number | null): readonly SandboxScrobble[] {
    const plays = this.inOrderOfPlay();
    if (from === null && to === null) {
      return plays;
    }
    return plays.slice(
      from === null ? 0 : this.firstAtOrAfter(from),
      to === null ? undefined : this.firstAtOrAfter(to),
    );
  }

  distinctCounts(): DistinctCounts {
    if (this.counts.scrobbles !== this.count) {
      const distinct = (keyOf: (scrobble: SandboxScrobble) => string) => new Set(this.arrivals.map(keyOf)).size;
      this.counts = {
        scrobbles: this.count,
        artists: distinct(({ artist }) => artist),
        albums: distinct(({ artist, album }) => `${artist}\n${album ?? ''}`),
        tracks: distinct(({ artist, track }) => `${artist}\n${track}`),
      };
    }
    return this.counts;
  }

  /** Sorted when it is read, not when it is written: an old listening history arrives in any order. */
  private inOrderOfPlay(): readonly SandboxScrobble[] {
    if (!this.isSorted) {
      this.chronological.sort((a, b) => a.timestamp - b.timestamp);
      this.isSorted = true;
    }
    return this.chronological;
  }

  private firstAtOrAfter(timestamp: number): number {
    let [low, high] = [0, this.chronological.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.chronological[middle]?.timestamp ?? Infinity) < timestamp) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function dayOf(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS);
}
