import { DateTime } from 'luxon';

const UNIX_SECONDS = /^\d{1,11}$/;
const UNIX_MILLISECONDS = /^\d{12,13}$/;
/** As Last.fm shows dates: `28 Nov 2026 21:04`, `28 Nov 2026, 21:04`. */
const LASTFM_DATES = ['dd LLL yyyy HH:mm', 'dd LLL yyyy, HH:mm', 'd LLL yyyy HH:mm', 'd LLL yyyy, HH:mm'];

/** A moment as histories write it: seconds or milliseconds since 1970, ISO 8601, or Last.fm's way. UTC unless it says more. */
export function readMoment(value: unknown): Date | null {
  const text = typeof value === 'number' ? String(Math.trunc(value)) : value;
  if (typeof text !== 'string') {
    return null;
  }
  const trimmed = text.trim();
  if (UNIX_SECONDS.test(trimmed)) {
    return new Date(Number(trimmed) * 1000);
  }
  if (UNIX_MILLISECONDS.test(trimmed)) {
    return new Date(Number(trimmed));
  }
  return readDate(trimmed);
}

function readDate(text: string): Date | null {
  const iso = DateTime.fromISO(text.replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T'), { zone: 'utc' });
  if (iso.isValid) {
    return iso.toJSDate();
  }
  for (const format of LASTFM_DATES) {
    const date = DateTime.fromFormat(text, format, { zone: 'utc', locale: 'en' });
    if (date.isValid) {
      return date.toJSDate();
    }
  }
  return null;
}

/** The moment at which a wall clock in that zone showed what this moment's clock in UTC shows. */
export function asWallClockIn(timeZone: string, moment: Date): Date {
  return DateTime.fromJSDate(moment, { zone: 'utc' }).setZone(timeZone, { keepLocalTime: true }).toJSDate();
}
