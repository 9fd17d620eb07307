import fc from 'fast-check';

import type { PlaylistId, UserId } from '../../../../common/ids.js';
import { utcDay } from '../../budget/utc-day.js';
import { ScrobbleRun } from '../scrobble-run.entity.js';
import type { Pace } from './pace.js';
import { type PlanBudget, plannedPlays, type RunPlan } from './timetable.js';
import { TRACK_ORDERS } from './track-order.js';

interface Scrobbled {
  title: string;
  playAt: number;
}

const MOST = 300;
const DAY_MS = 24 * 3600 * 1000;
const tracks = fc
  .array(fc.option(fc.integer({ min: 1, max: 4_000 }), { nil: null }), { minLength: 1, maxLength: 120 })
  .map((durations) =>
    durations.map((durationSeconds, index) => ({
      artist: 'The Examples',
      title: `Song ${index}`,
      album: null,
      albumArtist: null,
      durationSeconds,
    })),
  );
const pace: fc.Arbitrary<Pace> = fc.oneof(
  fc.record({ kind: fc.constant('interval' as const), minutes: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant('realtime' as const) }),
);
const request = fc.record({
  tracks,
  pace,
  order: fc.constantFrom(...TRACK_ORDERS),
  seed: fc.nat(2 ** 31 - 1),
  repeat: fc.boolean(),
  startAt: fc
    .date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2026-12-31T23:59:59Z'), noInvalidDate: true })
    .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000)),
  cap: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant(600)),
  used: fc.nat(70),
  waiting: fc.nat(150),
  parkedForSeconds: fc.option(fc.integer({ min: 1, max: 200_000 }), { nil: null }),
});
type Request = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

type Day = Pick<Request, 'used' | 'waiting' | 'parkedForSeconds'>;

const parkedUntilOf = ({ parkedForSeconds }: Day, startAt: Date): Date | null =>
  parkedForSeconds === null ? null : new Date(startAt.getTime() + parkedForSeconds * 1000);

const budgetOf = ({ startAt, cap, ...day }: Day & Pick<Request, 'startAt' | 'cap'>): PlanBudget => ({
  capOn: () => cap,
  used: day.used,
  waiting: day.waiting,
  usedOn: utcDay(startAt),
  parkedUntil: parkedUntilOf(day, startAt),
});

/** An account's counter, and the automation that waited before the run: at midnight it has what found no room. */
class AccountDay {
  sent: number;
  private waiting: number;
  private day: string;
  private readonly parkedUntil: Date | null;

  constructor(
    day: Day,
    startAt: Date,
    private readonly cap: number,
  ) {
    this.sent = day.used;
    this.waiting = day.waiting;
    this.day = utcDay(startAt);
    this.parkedUntil = parkedUntilOf(day, startAt);
  }

  liveUntil(now: Date): void {
    while (this.day < utcDay(now)) {
      const room = Math.max(0, this.cap - this.sent);
      this.waiting -= Math.min(room, this.waiting);
      this.sent = 0;
      this.day = utcDay(new Date(Date.parse(this.day) + DAY_MS));
    }
  }

  closedUntil(now: Date): Date | null {
    if (this.parkedUntil && now < this.parkedUntil) {
      return this.parkedUntil;
    }
    return this.sent + this.waiting >= this.cap ? new Date(Date.parse(utcDay(now)) + DAY_MS) : null;
  }
}

/** What the ticker does, moment by moment, with everything it decides written down. */
function execute({ tracks: list, pace: anyPace, order, seed, repeat, startAt, cap, ...day }: Request): Scrobbled[] {
  const run = ScrobbleRun.start({
    userId: 'user' as UserId,
    playlist: { id: 'playlist' as PlaylistId, title: 'List', tracks: list },
    settings: { pace: anyPace, order, repeat },
    seed,
    now: startAt,
    earliest: startAt,
  });
  const account = new AccountDay(day, startAt, cap);
  const done: Scrobbled[] = [];
  while (run.isActive && done.length < MOST) {
    const now = run.nextDueAt ?? run.resumesAt ?? startAt;
    account.liveUntil(now);
    const closedUntil = account.closedUntil(now);
    if (run.state === 'paused') {
      run.resumeByItself(now);
    } else if (closedUntil) {
      run.pauseUntil(closedUntil);
    } else {
      const due = run.playDue(now);
      if (due) {
        done.push({ title: due.track.title, playAt: due.playedAt.getTime() });
        account.sent += 1;
      }
      if (run.needsTracks) {
        run.refill(list, now);
      }
    }
  }
  return done;
}

function planned({ tracks: list, ...rest }: Request): Scrobbled[] {
  const plan: RunPlan = { ...rest, tracks: list, budget: budgetOf(rest) };
  const plays: Scrobbled[] = [];
  for (const { trackIndex, playAt } of plannedPlays(plan)) {
    plays.push({ title: list[trackIndex]?.title ?? '', playAt: playAt.getTime() });
    if (plays.length === MOST) {
      break;
    }
  }
  return plays;
}

describe('a run', () => {
  it('scrobbles exactly what was planned, second by second, with every pause for the daily budget', () => {
    fc.assert(
      fc.property(request, (anyRequest) => {
        expect(execute(anyRequest)).toEqual(planned(anyRequest));
      }),
      { numRuns: 300 },
    );
  });

  it('never plans more for a UTC day than the budget has room for', () => {
    fc.assert(
      fc.property(request, ({ tracks: list, ...rest }) => {
        const { cap, used, waiting } = rest;
        const counts = new Map([[utcDay(rest.startAt), used + waiting]]);
        let plays = 0;
        for (const { dueAt } of plannedPlays({
          ...rest,
          tracks: list,
          budget: budgetOf(rest),
        })) {
          const count = (counts.get(utcDay(dueAt)) ?? 0) + 1;
          counts.set(utcDay(dueAt), count);
          expect(count).toBeLessThanOrEqual(cap);
          plays += 1;
          if (plays === MOST) {
            break;
          }
        }
      }),
    );
  });
});
