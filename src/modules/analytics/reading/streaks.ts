import { type DayRange, type LocalDay, shifted } from './period.js';

/** Days in a row on each of which something was played. */
export interface Streak extends DayRange {
  days: number;
}

/** @param days with plays, the first one first */
export function streaksOf(days: readonly LocalDay[]): Streak[] {
  const streaks: Streak[] = [];
  for (const day of days) {
    const last = streaks.at(-1);
    if (last && shifted(last.to, 1) === day) {
      last.to = day;
      last.days += 1;
    } else {
      streaks.push({ from: day, to: day, days: 1 });
    }
  }
  return streaks;
}

/** The one that goes on: today still has time to add to what yesterday ended with. */
export function currentStreak(streaks: readonly Streak[], today: LocalDay): Streak | null {
  const last = streaks.at(-1);
  return last && last.to >= shifted(today, -1) ? last : null;
}

/** Of equally long ones the latest. */
export function longestStreak(streaks: readonly Streak[]): Streak | null {
  return streaks.reduce<Streak | null>((best, each) => (best && best.days > each.days ? best : each), null);
}
