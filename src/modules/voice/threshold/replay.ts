import { Attendance, type Attendant, type Standing } from './attendance.js';
import { type EndReason, inOrder, type PlaybackFact } from './playback-fact.js';
import { type PlayingTime, playingTime, reachedAt } from './playing-time.js';

/** What the facts of one playback amount to. */
export interface Story {
  time: PlayingTime;
  /** Null: a track this short never counts. */
  thresholdMs: number | null;
  /** When the threshold was reached, or will be if nothing else happens; null: it stands still, or ended before. */
  thresholdAtMs: number | null;
  /** When there is something to decide: the threshold, or the end if that came first. Null: not as things stand. */
  dueAtMs: number | null;
  attendants: ReadonlyMap<string, Attendant>;
}

/** What becomes of one listener: one of the ways to spoil it, or what became of the track. */
export type Outcome =
  | Standing
  | 'scrobbled'
  | 'track_too_short'
  | 'track_ended_early'
  | Extract<EndReason, 'bot_disconnected' | 'node_failed' | 'player_silent'>;

const OUTCOME_OF_END: Record<EndReason, Outcome> = {
  finished: 'track_ended_early',
  skipped: 'track_ended_early',
  stopped: 'track_ended_early',
  replaced: 'track_ended_early',
  bot_disconnected: 'bot_disconnected',
  node_failed: 'node_failed',
  player_silent: 'player_silent',
};

/** Goes through all facts of a playback, in whichever order they came in. */
export function replay(facts: readonly PlaybackFact[], thresholdMs: number | null): Story {
  const ordered = inOrder(facts);
  const time = playingTime(ordered);
  const thresholdAtMs = thresholdMs === null ? null : reachedAt(time, thresholdMs);
  const attendance = new Attendance(thresholdAtMs ?? Infinity);
  for (const fact of ordered) {
    attendance.see(fact);
    if (fact.kind === 'ended') {
      break;
    }
  }
  const dueAtMs = thresholdAtMs ?? time.end?.atMs ?? null;
  return { time, thresholdMs, thresholdAtMs, dueAtMs, attendants: attendance.attendants };
}

/**
 * What becomes of one listener as far as anybody knows.
 * @param seenUntilMs up to when the player was seen to be there: nothing later is proven
 */
export function outcomeFor({ standing }: Attendant, story: Story, seenUntilMs: number): Outcome {
  if (story.thresholdMs === null) {
    return 'track_too_short';
  }
  if (standing !== 'listening') {
    return standing;
  }
  if (story.thresholdAtMs !== null) {
    return story.thresholdAtMs <= seenUntilMs ? 'scrobbled' : 'listening';
  }
  return story.time.end ? OUTCOME_OF_END[story.time.end.because] : 'listening';
}
