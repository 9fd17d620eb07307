import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';

import { memberRoutes } from './member-routes';
import { rootRoute } from './root-route';
import { parseSearch, stringifySearch } from './search-params';
import { visitorRoutes } from './visitor-routes';

const routeTree = rootRoute.addChildren([memberRoutes, visitorRoutes]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
