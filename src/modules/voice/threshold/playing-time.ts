import type { EndReason, FactKind, PlaybackFact } from './playback-fact.js';

/** Music was heard from here to there; `Infinity` while it plays. */
export interface Stretch {
  fromMs: number;
  untilMs: number;
}

export interface PlayingTime {
  stretches: Stretch[];
  end: { atMs: number; because: EndReason } | null;
}

/** Starts and stops with the music. */
class Stopwatch {
  stretches: Stretch[] = [];

  get isRunning(): boolean {
    return this.stretches.at(-1)?.untilMs === Infinity;
  }

  start(fromMs: number): void {
    if (!this.isRunning) {
      this.stretches.push({ fromMs, untilMs: Infinity });
    }
  }

  /** Whatever it showed after that moment, it no longer does. */
  stop(atMs: number): void {
    this.stretches = this.stretches
      .map(({ fromMs, untilMs }) => ({ fromMs, untilMs: Math.min(untilMs, atMs) }))
      .filter(({ fromMs, untilMs }) => untilMs > fromMs);
  }

  skip(fromMs: number, untilMs: number): void {
    const wasRunning = this.isRunning;
    this.stop(fromMs);
    if (wasRunning) {
      this.start(untilMs);
    }
  }
}

/** A seek changes what is heard, not how long; what is not named here is about listeners. */
const EFFECTS: Partial<Record<FactKind, (watch: Stopwatch, fact: PlaybackFact) => void>> = {
  started: (watch, { atMs }) => {
    watch.start(atMs);
  },
  resumed: (watch, { atMs }) => {
    watch.start(atMs);
  },
  paused: (watch, { atMs }) => {
    watch.stop(atMs);
  },
  node_failed: (watch, { atMs }) => {
    watch.stop(atMs);
  },
  returned: (watch, { atMs, sinceMs }) => {
    watch.skip(Math.min(sinceMs ?? atMs, atMs), atMs);
  },
  ended: (watch, { atMs }) => {
    watch.stop(atMs);
  },
};

/** When the music really played: neither pauses, nor a broken node, nor a time that nobody saw count. */
export function playingTime(facts: readonly PlaybackFact[]): PlayingTime {
  const watch = new Stopwatch();
  for (const fact of facts) {
    EFFECTS[fact.kind]?.(watch, fact);
    if (fact.kind === 'ended') {
      return { stretches: watch.stretches, end: { atMs: fact.atMs, because: fact.endedBecause ?? 'stopped' } };
    }
  }
  return { stretches: watch.stretches, end: null };
}

/** When so much of the track has been played, if nothing else happens; null: it stands still, or ended before. */
export function reachedAt({ stretches }: PlayingTime, wantedMs: number): number | null {
  let leftMs = wantedMs;
  for (const { fromMs, untilMs } of stretches) {
    if (untilMs - fromMs >= leftMs) {
      return fromMs + leftMs;
    }
    leftMs -= untilMs - fromMs;
  }
  return null;
}

/** How much of the music fell into these stretches, up to a moment. */
export function overlapMs({ stretches }: PlayingTime, stays: readonly Stretch[], nowMs: number): number {
  const overlaps = stays.flatMap((stay) =>
    stretches.map(({ fromMs, untilMs }) => Math.min(stay.untilMs, untilMs, nowMs) - Math.max(stay.fromMs, fromMs)),
  );
  return overlaps.reduce((sum, each) => sum + Math.max(0, each), 0);
}
