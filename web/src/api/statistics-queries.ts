import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { answer, api } from './client';
import { queryKinds } from './queries';

export const TOP_SHOWN = 10;

/** Days as the server counts them, in the time zone of the settings; absent: from the beginning. */
export interface StatisticsPeriod {
  from?: string | undefined;
}

/** Statistics move with every scrobble; once a minute is often enough to look. */
const often = { staleTime: 30_000, refetchInterval: 60_000, placeholderData: keepPreviousData } as const;
const queryOf = ({ from }: StatisticsPeriod) => (from === undefined ? {} : { from });

export const summaryQuery = (period: StatisticsPeriod) =>
  queryOptions({
    queryKey: [queryKinds.statistics, 'summary', period],
    queryFn: ({ signal }) => answer(api.GET('/api/analytics/summary', { params: { query: queryOf(period) }, signal })),
    ...often,
  });

export const perDayQuery = (period: StatisticsPeriod) =>
  queryOptions({
    queryKey: [queryKinds.statistics, 'per-day', period],
    queryFn: ({ signal }) => answer(api.GET('/api/analytics/per-day', { params: { query: queryOf(period) }, signal })),
    ...often,
  });

export const topArtistsQuery = (period: StatisticsPeriod) =>
  queryOptions({
    queryKey: [queryKinds.statistics, 'top-artists', period],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/analytics/top-artists', { params: { query: { ...queryOf(period), limit: TOP_SHOWN } }, signal }),
      ),
    ...often,
  });

export const topTracksQuery = (period: StatisticsPeriod) =>
  queryOptions({
    queryKey: [queryKinds.statistics, 'top-tracks', period],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/analytics/top-tracks', { params: { query: { ...queryOf(period), limit: TOP_SHOWN } }, signal }),
      ),
    ...often,
  });

export const topAlbumsQuery = (period: StatisticsPeriod) =>
  queryOptions({
    queryKey: [queryKinds.statistics, 'top-albums', period],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/analytics/top-albums', { params: { query: { ...queryOf(period), limit: TOP_SHOWN } }, signal }),
      ),
    ...often,
  });

export const clockQuery = (period: StatisticsPeriod) =>
  queryOptions({
    queryKey: [queryKinds.statistics, 'clock', period],
    queryFn: ({ signal }) => answer(api.GET('/api/analytics/clock', { params: { query: queryOf(period) }, signal })),
    ...often,
  });

/** Of all time: a streak does not end where a period begins. */
export const streaksQuery = queryOptions({
  queryKey: [queryKinds.statistics, 'streaks'],
  queryFn: ({ signal }) => answer(api.GET('/api/analytics/streaks', { signal })),
  ...often,
});
