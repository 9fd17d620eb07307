import type { QueryClient, QueryKey, UseQueryOptions } from '@tanstack/react-query';

/** Starts a fetch that a page is about to show. Its failure is shown, with a way to retry, where its result would be. */
export function prefetch<TData, TError, TKey extends QueryKey>(
  queryClient: QueryClient,
  query: UseQueryOptions<TData, TError, TData, TKey>,
): void {
  queryClient.query(query).catch(() => undefined);
}
