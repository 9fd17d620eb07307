const DAY_MS = 86_400_000;
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
const shortMoment = new Intl.DateTimeFormat('en', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const timeOfDay = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const utcTimeOfDay = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'UTC',
});
const calendarDay = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
/** A day that was named in UTC stays that day everywhere. */
const utcDay = new Intl.DateTimeFormat('en', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayOnly = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const monthOnly = new Intl.DateTimeFormat('en', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const STEPS = [
  { unit: 'second', seconds: 1, below: 60 },
  { unit: 'minute', seconds: 60, below: 3600 },
  { unit: 'hour', seconds: 3600, below: 86_400 },
  { unit: 'day', seconds: 86_400, below: 30 * 86_400 },
  { unit: 'month', seconds: 30 * 86_400, below: 365 * 86_400 },
  { unit: 'year', seconds: 365 * 86_400, below: Infinity },
] as const;

export const formatExact = (moment: string): string => exact.format(new Date(moment));
export const formatMoment = (moment: string): string => shortMoment.format(new Date(moment));
export const formatDay = (moment: string): string => calendarDay.format(new Date(moment));
export const formatUtcDay = (day: string): string => utcDay.format(new Date(day));

/** 3 Jan, and Jan 2026: of a day that was named as such. */
export const formatDayOnly = (day: string): string => dayOnly.format(new Date(day));
export const formatMonthOnly = (day: string): string => monthOnly.format(new Date(day));

/** The person's own time with UTC beside it, for what happens by UTC: "22:40 (21:40 UTC)"; with the day unless it is within 24 hours. */
export function formatWithUtc(moment: string, now: number): string {
  const date = new Date(moment);
  const local = Math.abs(date.getTime() - now) <= DAY_MS ? timeOfDay.format(date) : shortMoment.format(date);
  return date.getTimezoneOffset() === 0 ? `${local} UTC` : `${local} (${utcTimeOfDay.format(date)} UTC)`;
}

/** "3 minutes ago", "in 2 hours"; the present is `justNow`. */
export function formatRelative(moment: string, now: number, justNow: string): string {
  const seconds = Math.round((Date.parse(moment) - now) / 1000);
  if (Math.abs(seconds) < 45) {
    return justNow;
  }
  const step = STEPS.find(({ below }) => Math.abs(seconds) < below) ?? STEPS[0];
  return relative.format(Math.round(seconds / step.seconds), step.unit);
}

/** A track's length: 3:05, or 1:02:03. */
export function formatLength(totalSeconds: number): string {
  const hours = Math.floor(totalSeconds / 3600);
  const minutes = Math.floor((totalSeconds % 3600) / 60);
  const seconds = String(Math.floor(totalSeconds % 60)).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** A list's length, in the two largest units: 2 h 5 min. */
export function formatDuration(totalSeconds: number): string {
  const minutes = Math.round(totalSeconds / 60);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (days > 0) {
    return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  }
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${Math.max(1, minutes)} min`;
}

/** A file's size, as people say it: 820 kB, 3.4 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) {
    return `${Math.max(1, Math.round(bytes / 1_000)).toLocaleString('en')} kB`;
  }
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
