import '@mantine/charts/styles.layer.css';

import { BarChart } from '@mantine/charts';

import { texts } from '../../texts';
import { formatDayOnly, formatMonthOnly } from '../../ui/format';

const words = texts.statistics;
/** More bars than this are too thin to tell apart: then a bar is a month. */
const MOST_DAYS = 92;

interface Props {
  items: ReadonlyArray<{ day: string; plays: number }>;
}

/** How much was played on each day, or in each month of a long time. */
export function PerDayChart({ items }: Props) {
  const isByMonth = items.length > MOST_DAYS;
  const format = isByMonth ? formatMonthOnly : formatDayOnly;
  const bars = isByMonth ? byMonth(items) : items;
  const total = items.reduce((sum, { plays }) => sum + plays, 0);
  const title = isByMonth ? words.perMonth : words.perDay;
  const [first, last] = [bars[0]?.day ?? '', bars.at(-1)?.day ?? ''];
  return (
    <div role="img" aria-label={words.chart(title, total, format(first), format(last))}>
      <BarChart
        h={220}
        data={bars.map(({ day, plays }) => ({ day: format(day), plays }))}
        dataKey="day"
        series={[{ name: 'plays', label: words.plays, color: 'violet.6' }]}
        gridAxis="x"
        tickLine="none"
        barProps={{ isAnimationActive: false, radius: [3, 3, 0, 0] }}
        tooltipAnimationDuration={0}
        xAxisProps={{ minTickGap: 24, interval: 'preserveStartEnd' }}
        yAxisProps={{ allowDecimals: false, width: 40 }}
      />
    </div>
  );
}

function byMonth(items: Props['items']): Array<{ day: string; plays: number }> {
  const months = new Map<string, number>();
  for (const { day, plays } of items) {
    const month = `${day.slice(0, 7)}-01`;
    months.set(month, (months.get(month) ?? 0) + plays);
  }
  return [...months].map(([day, plays]) => ({ day, plays }));
}
