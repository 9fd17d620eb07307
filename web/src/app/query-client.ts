import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import { isRefusal, isSignedOut } from '../api/problem';
import { meQuery } from '../api/queries';
import { toastProblem } from '../components/toasts';

interface MutationMeta extends Record<string, unknown> {
  /** The form shows its problem itself; every other problem becomes a toast. */
  showsProblemInline?: boolean;
  /** It only looks: nothing shown becomes old. */
  changesNothing?: boolean;
}

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: MutationMeta;
  }
}

const MOST_RETRIES = 2;

/** The server is asked again where that can help: never after a refusal. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  return failures < MOST_RETRIES && !isRefusal(error);
}

/** The cache of what the server said, and the one funnel for its problems. */
export function createQueryClient(): QueryClient {
  const forgetWhoIsSignedIn = (error: unknown) => {
    if (isSignedOut(error)) {
      queryClient.setQueryData(meQuery.queryKey, null);
    }
  };
  const queryClient: QueryClient = new QueryClient({
    defaultOptions: { queries: { staleTime: 30_000, retry: isWorthRetrying, refetchOnWindowFocus: false } },
    queryCache: new QueryCache({ onError: forgetWhoIsSignedIn }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        forgetWhoIsSignedIn(error);
        if (mutation.meta?.showsProblemInline !== true) {
          toastProblem(error);
        }
      },
      // Whatever was changed, what is on screen is fetched again; what is not, when it is next shown.
      onSuccess: async (_data, _variables, _result, mutation) => {
        if (mutation.meta?.changesNothing !== true) {
          await queryClient.invalidateQueries();
        }
      },
    }),
  });
  return queryClient;
}
