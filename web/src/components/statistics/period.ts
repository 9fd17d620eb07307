import type { StatisticsPeriod } from '../../api/statistics-queries';
import type { texts } from '../../texts';

/** How many days back, or everything. */
export type StatisticsSpan = keyof typeof texts.statistics.periods;

/** Its first day in a time zone; today is one of the days. */
export function periodFrom(span: StatisticsSpan, timeZone: string): StatisticsPeriod {
  if (span === 'all') {
    return {};
  }
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());
  const first = new Date(today);
  first.setUTCDate(first.getUTCDate() - Number(span) + 1);
  return { from: first.toISOString().slice(0, 10) };
}
