import { nextUtcMidnight, utcDay, type UtcDay } from '../../budget/utc-day.js';
import { dueAt, nextPlayAt, type Pace, type PacedTrack, resumedPlayAt } from './pace.js';
import { trackOrder, type TrackOrder } from './track-order.js';

/** How many scrobbles automation finds room for, day by day. */
export interface PlanBudget {
  capOn: (day: UtcDay) => number;
  /** What the account has scrobbled already on `usedOn`. */
  used: number;
  usedOn: UtcDay;
  /** Automation that waits: it goes first, and what of it finds no room that day takes room of the next. */
  waiting: number;
  /** Last.fm takes nothing of the account until then. */
  parkedUntil: Date | null;
}

/** Where a run stands that is under way; a new one stands at its beginning. */
interface RunPosition {
  pass: number;
  position: number;
  lastPlayedAt: Date | null;
}

export interface RunPlan {
  tracks: readonly PacedTrack[];
  order: TrackOrder;
  seed: number;
  pace: Pace;
  repeat: boolean;
  /** When the first of its tracks starts; a whole second. */
  startAt: Date;
  from?: RunPosition;
  budget: PlanBudget;
}

/** The run stands still: the day's budget is spent. */
export interface PlannedPause {
  pausesAt: Date;
  resumesAt: Date;
}

export interface PlannedPlay {
  pass: number;
  position: number;
  /** Its place in the playlist. */
  trackIndex: number;
  playAt: Date;
  /** When it is scrobbled. */
  dueAt: Date;
  /** What comes before it. */
  pause: PlannedPause | null;
}

const BEGINNING: RunPosition = { pass: 0, position: 0, lastPlayedAt: null };

/**
 * The exact timetable, play by play: what the dry run shows and what the ticker then does, from the same rules. It ends
 * with the playlist, or never where the run repeats.
 */
export function* plannedPlays(plan: RunPlan): Generator<PlannedPlay> {
  const { tracks, order, seed, pace, repeat, startAt, from = BEGINNING } = plan;
  const budget = new PlannedBudget(plan.budget);
  let { position, lastPlayedAt } = from;
  let playAt = startAt;
  for (let { pass } = from; tracks.length > 0; pass += 1) {
    const indices = trackOrder(tracks.length, order, seed, pass);
    for (; position < indices.length; position += 1) {
      const trackIndex = indices[position] ?? 0;
      const track = tracks[trackIndex] ?? { durationSeconds: null };
      let due = dueAt(playAt, track, pace);
      const pausesAt = due;
      let resumesAt: Date | null = null;
      for (let until = budget.closedUntil(due); until; until = budget.closedUntil(due)) {
        resumesAt = until;
        playAt = resumedPlayAt(until, lastPlayedAt, pace);
        due = dueAt(playAt, track, pace);
      }
      budget.use(due);
      yield { pass, position, trackIndex, playAt, dueAt: due, pause: resumesAt && { pausesAt, resumesAt } };
      lastPlayedAt = playAt;
      playAt = nextPlayAt(playAt, track, pace);
    }
    if (!repeat) {
      return;
    }
    position = 0;
  }
}

/** One pass. */
export function timetable(plan: Omit<RunPlan, 'repeat' | 'from'>): PlannedPlay[] {
  return [...plannedPlays({ ...plan, repeat: false })];
}

/** What of a UTC day is taken before a plan's first play in it. */
export function usedBefore({ used, usedOn, waiting, capOn }: PlanBudget, day: UtcDay): number {
  let left = waiting;
  let usedThen = used;
  for (let before = usedOn; before < day; before = utcDay(nextUtcMidnight(new Date(before)))) {
    left -= Math.min(left, Math.max(0, capOn(before) - usedThen));
    usedThen = 0;
  }
  return usedThen + left;
}

/** Counts the plays of each UTC day while a plan is laid out. */
class PlannedBudget {
  private day: UtcDay;
  private used: number;

  constructor(private readonly budget: PlanBudget) {
    this.day = budget.usedOn;
    this.used = usedBefore(budget, budget.usedOn);
  }

  /** Until when there is no room for a play that is due then; null: there is. */
  closedUntil(due: Date): Date | null {
    const { parkedUntil } = this.budget;
    if (parkedUntil && due < parkedUntil) {
      return parkedUntil;
    }
    this.turnTo(due);
    return this.used >= this.budget.capOn(this.day) ? nextUtcMidnight(due) : null;
  }

  use(due: Date): void {
    this.turnTo(due);
    this.used += 1;
  }

  private turnTo(moment: Date): void {
    const day = utcDay(moment);
    if (day !== this.day) {
      this.used = usedBefore(this.budget, day);
      this.day = day;
    }
  }
}
