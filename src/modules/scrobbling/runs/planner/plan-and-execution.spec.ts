import fc from 'fast-check';

import type { PlaylistId, UserId } from '../../../../common/ids.js';
import { utcDay } from '../../budget/utc-day.js';
import { ScrobbleRun } from '../scrobble-run.entity.js';
import type { Pace } from './pace.js';
import { plannedPlays, type RunPlan } from './timetable.js';
import { TRACK_ORDERS } from './track-order.js';

interface Scrobbled {
  title: string;
  playAt: number;
}

const MOST = 300;
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
});
type Request = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

/** What the ticker does, moment by moment, with everything it decides written down. */
function execute({ tracks: list, pace: anyPace, order, seed, repeat, startAt, cap, used }: Request): Scrobbled[] {
  const run = ScrobbleRun.start({
    userId: 'user' as UserId,
    playlist: { id: 'playlist' as PlaylistId, title: 'List', tracks: list },
    settings: { pace: anyPace, order, repeat },
    seed,
    now: startAt,
    earliest: startAt,
  });
  const usedOn = new Map([[utcDay(startAt), used]]);
  const done: Scrobbled[] = [];
  while (run.isActive && done.length < MOST) {
    const now = run.nextDueAt ?? run.resumesAt ?? startAt;
    const usedToday = usedOn.get(utcDay(now)) ?? 0;
    if (run.state === 'paused') {
      run.resumeByItself(now);
    } else if (usedToday >= cap) {
      run.pauseUntil(new Date(Date.parse(utcDay(now)) + 24 * 3600 * 1000));
    } else {
      const due = run.playDue(now);
      if (due) {
        done.push({ title: due.track.title, playAt: due.playedAt.getTime() });
        usedOn.set(utcDay(now), usedToday + 1);
      }
      if (run.needsTracks) {
        run.refill(list, now);
      }
    }
  }
  return done;
}

function planned({ tracks: list, cap, used, ...rest }: Request): Scrobbled[] {
  const plan: RunPlan = { ...rest, tracks: list, budget: { capOn: () => cap, used, usedOn: utcDay(rest.startAt) } };
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
      fc.property(request, ({ tracks: list, cap, used, ...rest }) => {
        const counts = new Map([[utcDay(rest.startAt), used]]);
        let plays = 0;
        for (const { dueAt } of plannedPlays({
          ...rest,
          tracks: list,
          budget: { capOn: () => cap, used, usedOn: utcDay(rest.startAt) },
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
