import { utcDay } from '../../budget/utc-day.js';
import { ASSUMED_TRACK_SECONDS } from './pace.js';

/**
 * What public leaderboards accept as listening by a person; whoever has more is left out of them.
 * @see PRODUCT.md, "Runs"
 */
export const MOST_PLAYS_A_DAY = 650;
export const MOST_HOURS_IN_8_DAYS = 144;
/** Leaderboards look back so long. */
export const WINDOW_MS = 8 * 24 * 3600 * 1000;

export interface LeaderboardUse {
  mostPlaysADay: number;
  mostHoursIn8Days: number;
  exceeds: boolean;
}

/** A play, or one that is planned. */
export interface TimedPlay {
  playAt: Date;
  durationSeconds: number | null;
}

/** How close plays come to what leaderboards accept. @param plays oldest first: what was played and what is planned */
export function leaderboardUse(plays: readonly TimedPlay[]): LeaderboardUse {
  const mostPlaysADay = mostInADay(plays);
  const mostHoursIn8Days = Math.round(mostSecondsInAWindow(plays) / 360) / 10;
  return {
    mostPlaysADay,
    mostHoursIn8Days,
    exceeds: mostPlaysADay > MOST_PLAYS_A_DAY || mostHoursIn8Days > MOST_HOURS_IN_8_DAYS,
  };
}

function mostInADay(plays: readonly TimedPlay[]): number {
  const counts = new Map<string, number>();
  for (const { playAt } of plays) {
    counts.set(utcDay(playAt), (counts.get(utcDay(playAt)) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
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
