import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';

import { perDayQuery, type StatisticsPeriod } from '../../api/statistics-queries';
import { Loaded } from '../loaded';

/** Charts are heavy: they come when one is shown. */
const PerDayChart = lazy(async () => ({ default: (await import('./per-day-chart')).PerDayChart }));

export function PerDay({ period }: { period: StatisticsPeriod }) {
  const perDay = useQuery(perDayQuery(period));
  const skeleton = <Skeleton h={220} radius="md" />;
  return (
    <Loaded query={perDay} skeleton={skeleton}>
      {({ items }) => (
        <Suspense fallback={skeleton}>
          <PerDayChart items={items} />
        </Suspense>
      )}
    </Loaded>
  );
}
