import fc from 'fast-check';

import { ASSUMED_TRACK_SECONDS, nextPlayAt, type Pace, wholeSecond } from './pace.js';
import { timetable } from './timetable.js';
import { trackOrder } from './track-order.js';

const NO_LIMIT = {
  capOn: () => Number.POSITIVE_INFINITY,
  used: 0,
  usedOn: '2026-01-01',
  waiting: 0,
  parkedUntil: null,
};
const startAt = new Date('2026-01-01T12:00:00Z');
const duration = fc.option(fc.integer({ min: 0, max: 86_400 }), { nil: null });
const tracks = fc.array(fc.record({ durationSeconds: duration }), { minLength: 1, maxLength: 200 });
const pace: fc.Arbitrary<Pace> = fc.oneof(
  fc.record({ kind: fc.constant('interval' as const), minutes: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant('realtime' as const) }),
);
const seed = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe('trackOrder', () => {
  it('plays every track of a pass exactly once, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), seed, fc.nat(50), (count, anySeed, pass) => {
        const order = trackOrder(count, 'shuffle', anySeed, pass);
        expect([...order].sort((a, b) => a - b)).toEqual(trackOrder(count, 'sequential', anySeed, pass));
      }),
    );
  });

  it('is the same each time it is asked for, and another one for the next pass', () => {
    expect(trackOrder(641, 'shuffle', 42, 0)).toEqual(trackOrder(641, 'shuffle', 42, 0));
    expect(trackOrder(641, 'shuffle', 42, 0)).not.toEqual(trackOrder(641, 'shuffle', 42, 1));
    expect(trackOrder(641, 'shuffle', 42, 0)).not.toEqual(trackOrder(641, 'shuffle', 43, 0));
  });
});

describe('timetable', () => {
  it('never uses a second twice, only whole ones, and scrobbles nothing before it was played', () => {
    fc.assert(
      fc.property(tracks, pace, seed, (list, anyPace, anySeed) => {
        const plays = timetable({
          tracks: list,
          order: 'shuffle',
          seed: anySeed,
          pace: anyPace,
          startAt,
          budget: NO_LIMIT,
        });
        const seconds = plays.map(({ playAt }) => playAt.getTime() / 1000);

        expect(new Set(seconds).size).toBe(list.length);
        expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
        expect(seconds.every((second) => Number.isInteger(second))).toBe(true);
        expect(plays.every(({ playAt, dueAt }) => dueAt >= playAt)).toBe(true);
      }),
    );
  });

  it('keeps the interval exactly, whatever the tracks last', () => {
    const plays = timetable({
      tracks: [{ durationSeconds: 10 }, { durationSeconds: 5_000 }, { durationSeconds: null }],
      order: 'sequential',
      seed: 0,
      pace: { kind: 'interval', minutes: 5 },
      startAt,
      budget: NO_LIMIT,
    });
    expect(plays.map(({ dueAt }) => dueAt.toISOString().slice(11, 16))).toEqual(['12:00', '12:05', '12:10']);
  });

  it('in real time starts each track when the last one has ended', () => {
    const plays = timetable({
      tracks: [{ durationSeconds: 200 }, { durationSeconds: null }, { durationSeconds: 100 }],
      order: 'sequential',
      seed: 0,
      pace: { kind: 'realtime' },
      startAt,
      budget: NO_LIMIT,
    });
    const offsets = plays.map(({ playAt, dueAt }) =>
      [playAt, dueAt].map((at) => (at.getTime() - startAt.getTime()) / 1000),
    );
    const assumed = 200 + ASSUMED_TRACK_SECONDS;
    expect(offsets).toEqual([
      [0, 200],
      [200, assumed],
      [assumed, assumed + 100],
    ]);
  });
});

describe('nextPlayAt', () => {
  it('is at least a second later, so that even tracks of no length never share one', () => {
    fc.assert(
      fc.property(duration, pace, (durationSeconds, anyPace) => {
        expect(nextPlayAt(startAt, { durationSeconds }, anyPace).getTime()).toBeGreaterThanOrEqual(
          startAt.getTime() + 1000,
        );
      }),
    );
  });
});

describe('wholeSecond', () => {
  it('rounds up, and leaves whole seconds alone', () => {
    expect(wholeSecond(new Date('2026-01-01T12:00:00.001Z')).toISOString()).toBe('2026-01-01T12:00:01.000Z');
    expect(wholeSecond(startAt)).toEqual(startAt);
  });
});
