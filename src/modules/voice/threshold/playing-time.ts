import type { EndReason, PlaybackFact } from './playback-fact.js';

/** Music was heard from here to there; `Infinity` while it plays. */
export interface Stretch {
  fromMs: number;
  untilMs: number;
}

export interface PlayingTime {
  stretches: Stretch[];
  end: { atMs: number; because: EndReason } | null;
}

/** When the music really played: neither pauses, nor a broken node, nor a time that nobody saw count. */
export function playingTime(facts: readonly PlaybackFact[]): PlayingTime {
  let stretches: Stretch[] = [];
  const begin = (fromMs: number): void => {
    if (stretches.at(-1)?.untilMs !== Infinity) {
      stretches.push({ fromMs, untilMs: Infinity });
    }
  };
  const stop = (atMs: number): void => {
    stretches = stretches
      .map(({ fromMs, untilMs }) => ({ fromMs, untilMs: Math.min(untilMs, atMs) }))
      .filter(({ fromMs, untilMs }) => untilMs > fromMs);
  };
  for (const { kind, atMs, sinceMs, endedBecause } of facts) {
    switch (kind) {
      case 'started':
      case 'resumed':
        begin(atMs);
        break;
      case 'paused':
      case 'node_failed':
        stop(atMs);
        break;
      case 'returned': {
        const wasPlaying = stretches.at(-1)?.untilMs === Infinity;
        stop(Math.min(sinceMs ?? atMs, atMs));
        if (wasPlaying) {
          begin(atMs);
        }
        break;
      }
      case 'ended':
        stop(atMs);
        return { stretches, end: { atMs, because: endedBecause ?? 'stopped' } };
      default: // A seek changes what is heard, not how long; the others are about listeners.
    }
  }
  return { stretches, end: null };
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
