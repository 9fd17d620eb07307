import { createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';

import { whoIsSignedIn, pendingLinkQuery } from '../api/queries';
import { Shell } from '../components/shell/shell';
import { BrokenPage } from '../pages/broken-page';
import { isPanel, paths, samePathOnly } from '../paths';
import { prefetch } from './prefetch';
import { rootRoute } from './root-route';
import { confirmSearch, resetPasswordSearch, signInSearch } from './search-params';

/** Pages for someone who may not be signed in. */
const visitor = createRoute({
  getParentRoute: () => rootRoute,
  id: 'visitor',
  errorComponent: BrokenPage,
  component: () => (
    <Shell>
      <Outlet />
    </Shell>
  ),
});

/** Whoever is signed in already has nothing to do here. */
function goTo(address: string): void {
  redirect({ href: address, reloadDocument: isPanel(address), throw: true });
}

const signInRoute = createRoute({
  getParentRoute: () => visitor,
  path: paths.signIn,
  validateSearch: signInSearch,
  beforeLoad: async ({ context, search }) => {
    if (await context.queryClient.query(whoIsSignedIn)) {
      goTo(samePathOnly(search.next));
    }
  },
  component: lazyRouteComponent(() => import('../pages/sign-in-page'), 'SignInPage'),
});

const signInCodeRoute = createRoute({
  getParentRoute: () => visitor,
  path: paths.signInCode,
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('../pages/sign-in-code-page'), 'SignInCodePage'),
});

const forgotPasswordRoute = createRoute({
  getParentRoute: () => visitor,
  path: paths.forgotPassword,
  component: lazyRouteComponent(() => import('../pages/forgot-password-page'), 'ForgotPasswordPage'),
});

const resetPasswordRoute = createRoute({
  getParentRoute: () => visitor,
  path: paths.resetPassword,
  validateSearch: resetPasswordSearch,
  component: lazyRouteComponent(() => import('../pages/reset-password-page'), 'ResetPasswordPage'),
});

const registerRoute = createRoute({
  getParentRoute: () => visitor,
  path: paths.register,
  validateSearch: signInSearch,
  beforeLoad: async ({ context, search }) => {
    if (await context.queryClient.query(whoIsSignedIn)) {
      goTo(samePathOnly(search.next));
    }
  },
  component: lazyRouteComponent(() => import('../pages/register-page'), 'RegisterPage'),
});

const lastfmConfirmRoute = createRoute({
  getParentRoute: () => visitor,
  path: paths.lastfmConfirm,
  validateSearch: confirmSearch,
  loaderDeps: ({ search: { state } }) => ({ state }),
  loader: ({ context, deps: { state } }) => {
    if (state !== undefined) {
      prefetch(context.queryClient, pendingLinkQuery(state));
    }
  },
  component: lazyRouteComponent(() => import('../pages/lastfm-confirm-page'), 'LastfmConfirmPage'),
});

export const visitorRoutes = visitor.addChildren([
  signInRoute,
  forgotPasswordRoute,
  resetPasswordRoute,
  signInCodeRoute,
  registerRoute,
  lastfmConfirmRoute,
]);
