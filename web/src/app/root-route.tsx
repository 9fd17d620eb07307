import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router';

import { installationQuery } from '../api/queries';
import { Shell } from '../components/shell/shell';
import { BrokenPage } from '../pages/broken-page';
import { NotFoundPage } from '../pages/not-found-page';
import { prefetch } from './prefetch';

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  loader: ({ context }) => {
    prefetch(context.queryClient, installationQuery);
  },
  component: Outlet,
  errorComponent: (props) => (
    <Shell>
      <BrokenPage {...props} />
    </Shell>
  ),
  notFoundComponent: () => (
    <Shell>
      <NotFoundPage />
    </Shell>
  ),
});
