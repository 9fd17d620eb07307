import { currentStreak, longestStreak, streaksOf } from './streaks.js';

const DAYS = ['2025-12-30', '2025-12-31', '2026-01-01', '2026-01-03', '2026-01-05', '2026-01-06', '2026-01-07'];

describe('streaks', () => {
  it('are days in a row, across the turn of a year', () => {
    expect(streaksOf(DAYS)).toEqual([
      { from: '2025-12-30', to: '2026-01-01', days: 3 },
      { from: '2026-01-03', to: '2026-01-03', days: 1 },
      { from: '2026-01-05', to: '2026-01-07', days: 3 },
    ]);
  });

  it.each([
    ['2026-01-07', 3],
    ['2026-01-08', 3],
    ['2026-01-09', undefined],
  ])('on %s: the current one has %s days', (today, days) => {
    expect(currentStreak(streaksOf(DAYS), today)?.days).toBe(days);
  });

  it('of equal length: the latest is the longest', () => {
    expect(longestStreak(streaksOf(DAYS))?.from).toBe('2026-01-05');
    expect(longestStreak([])).toBeNull();
  });
});
