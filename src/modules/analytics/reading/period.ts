import { DateTime } from 'luxon';

/** A day in somebody's time zone, `2026-01-31`. Days compare as text. */
export type LocalDay = string;

/** Days, both included. */
export interface DayRange {
  from: LocalDay;
  to: LocalDay;
}

/** How a range of days is put together: of periods that are counted as a whole, and of days in between. */
export interface PeriodCover {
  /** `ever`, years, months. */
  whole: string[];
  /** What is left at the ends, as ranges. */
  rest: DayRange[];
}

const DAY_MS = 24 * 3600 * 1000;

/** Days of the calendar are reckoned as days of UTC, of which every one is as long. */
export const shifted = (day: LocalDay, days: number): LocalDay =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

export function localDay(moment: Date, timeZone: string): LocalDay {
  return DateTime.fromJSDate(moment, { zone: timeZone }).toFormat('yyyy-MM-dd');
}

export function daysOf({ from, to }: DayRange): LocalDay[] {
  const days: LocalDay[] = [];
  for (let day = from; day <= to; day = shifted(day, 1)) {
    days.push(day);
  }
  return days;
}

/**
 * The fewest periods that make up a range.
 * @param played from the first to the last day of which anything is counted: outside of it nothing need be looked at
 */
export function coverOf({ from, to }: DayRange, played: DayRange): PeriodCover {
  if (from <= played.from && to >= played.to) {
    return { whole: ['ever'], rest: [] };
  }
  const last = to >= played.to ? `${played.to.slice(0, 4)}-12-31` : to;
  const cover: PeriodCover = { whole: [], rest: [] };
  for (let day = from <= played.from ? `${played.from.slice(0, 4)}-01-01` : from; day <= last;) {
    const period = [yearFrom(day), monthFrom(day)].find((each) => each && each.to <= last);
    if (period) {
      cover.whole.push(period.name);
    } else {
      append(cover.rest, day);
    }
    day = shifted(period?.to ?? day, 1);
  }
  return cover;
}

interface WholePeriod extends DayRange {
  name: string;
}

function yearFrom(day: LocalDay): WholePeriod | null {
  const name = day.slice(0, 4);
  return day.endsWith('-01-01') ? { name, from: day, to: `${name}-12-31` } : null;
}

function monthFrom(day: LocalDay): WholePeriod | null {
  if (!day.endsWith('-01')) {
    return null;
  }
  const next = `${shifted(day, 31).slice(0, 7)}-01`;
  return { name: day.slice(0, 7), from: day, to: shifted(next, -1) };
}

/** A day that follows a range makes it longer. */
function append(ranges: DayRange[], day: LocalDay): void {
  const last = ranges.at(-1);
  if (last && shifted(last.to, 1) === day) {
    last.to = day;
  } else {
    ranges.push({ from: day, to: day });
  }
}
