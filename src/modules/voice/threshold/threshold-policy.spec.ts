import { thresholdMs } from './threshold-policy.js';

describe('thresholdMs', () => {
  it.each([
    ['quick', 240, 30_000],
    ['quick', 60, 30_000],
    ['quick', 59, 29_500],
    ['quick', 20, 10_000],
    ['quick', null, 30_000],
    ['lastfm', 240, 120_000],
    ['lastfm', 600, 240_000],
    ['lastfm', 31, 15_500],
    ['lastfm', 30, null],
    ['lastfm', 20, null],
    ['lastfm', null, 240_000],
  ] as const)('by %s, of a track of %s seconds, wants %s ms', (policy, durationSeconds, wanted) => {
    expect(thresholdMs(policy, durationSeconds)).toBe(wanted);
  });
});
