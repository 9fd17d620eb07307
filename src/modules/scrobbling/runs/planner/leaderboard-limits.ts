import { utcDay } from '../../budget/utc-day.js';
import { ASSUMED_TRACK_SECONDS } from './pace.js';
import type { PlanBudget } from './timetable.js';

/**
 * What public leaderboards accept as listening by a person; whoever has more is left out of them.
 * @see PRODUCT.md, "Runs"
 */
export const MOST_PLAYS_A_DAY = 650;
export const MOST_HOURS_IN_8_DAYS = 144;
const WINDOW_MS = 8 * 24 * 3600 * 1000;

export interface LeaderboardUse {
  mostPlaysADay: number;
  mostHoursIn8Days: number;
  exceeds: boolean;
}

interface TimedPlay {
  playAt: Date;
  durationSeconds: number | null;
}

type UsedDay = Pick<PlanBudget, 'used' | 'usedOn'>;

/** How close plays, oldest first, come to what leaderboards accept. @param budget how much of a day is used already */
export function leaderboardUse(plays: readonly TimedPlay[], budget: UsedDay): LeaderboardUse {
  const mostPlaysADay = mostInADay(plays, budget);
  const mostHoursIn8Days = Math.round(mostSecondsInAWindow(plays) / 360) / 10;
  return {
    mostPlaysADay,
    mostHoursIn8Days,
    exceeds: mostPlaysADay > MOST_PLAYS_A_DAY || mostHoursIn8Days > MOST_HOURS_IN_8_DAYS,
  };
}

function mostInADay(plays: readonly TimedPlay[], { used, usedOn }: UsedDay): number {
  const counts = new Map([[usedOn, used]]);
  for (const { playAt } of plays) {
    counts.set(utcDay(playAt), (counts.get(utcDay(playAt)) ?? 0) + 1);
  }
  return Math.max(...counts.values());
}

function mostSecondsInAWindow(plays: readonly TimedPlay[]): number {
  let [oldest, sum, most] = [0, 0, 0];
  const seconds = plays.map(({ durationSeconds }) => durationSeconds ?? ASSUMED_TRACK_SECONDS);
  for (const [index, { playAt }] of plays.entries()) {
    sum += seconds[index] ?? 0;
    while (playAt.getTime() - (plays[oldest]?.playAt.getTime() ?? 0) >= WINDOW_MS) {
      sum -= seconds[oldest] ?? 0;
      oldest += 1;
    }
    most = Math.max(most, sum);
  }
  return most;
}
