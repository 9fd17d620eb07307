import { leaderboardUse } from './leaderboard-limits.js';

const startAt = Date.UTC(2026, 0, 15);
const plays = (count: number, secondsApart: number, durationSeconds: number | null = 200) =>
  Array.from({ length: count }, (_, i) => ({ playAt: new Date(startAt + i * secondsApart * 1000), durationSeconds }));

describe('leaderboardUse', () => {
  it('accepts 650 plays a day and no more', () => {
    expect(leaderboardUse(plays(650, 60))).toMatchObject({ mostPlaysADay: 650, exceeds: false });
    expect(leaderboardUse(plays(651, 60))).toMatchObject({ mostPlaysADay: 651, exceeds: true });
  });

  it('accepts 144 hours in any 8 days, wherever these lie', () => {
    const hourly = plays(8 * 24, 3600, 2700);
    expect(leaderboardUse(hourly)).toMatchObject({ mostHoursIn8Days: 144, exceeds: false });
    const quietBefore = plays(100, 3600, 30);
    const later = hourly.map(({ playAt }) => ({
      playAt: new Date(playAt.getTime() + 100 * 3600 * 1000),
      durationSeconds: 2720,
    }));
    expect(leaderboardUse([...quietBefore, ...later])).toMatchObject({
      mostHoursIn8Days: 145.1,
      exceeds: true,
    });
  });

  it('is nothing for nothing', () => {
    expect(leaderboardUse([])).toEqual({ mostPlaysADay: 0, mostHoursIn8Days: 0, exceeds: false });
  });
});
