/** Last.fm counts in UTC days: `2026-01-31`. */
export type UtcDay = string;

const DAY_MS = 24 * 3600 * 1000;

export function utcDay(moment: Date): UtcDay {
  return moment.toISOString().slice(0, 10);
}

/** When the next UTC day begins: a full account may go on then. */
export function nextUtcMidnight(moment: Date): Date {
  return new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate() + 1));
}

export function daysBetween(from: UtcDay, to: UtcDay): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
