import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';

import {
  budgetQuery,
  historyQuery,
  importQuery,
  importsQuery,
  linkImportQuery,
  lastfmAccountQuery,
  latestScrobblesQuery,
  notificationsQuery,
  playlistChoicesQuery,
  playlistQuery,
  playlistsQuery,
  runsQuery,
  userMergeQuery,
  whoIsSignedIn,
} from '../api/queries';
import { roomConsentsQuery, roomsQuery, voiceDecisionsQuery } from '../api/room-queries';
import { streaksQuery } from '../api/statistics-queries';
import { BrokenPage } from '../pages/broken-page';
import { paths } from '../paths';
import { prefetch } from './prefetch';
import { rootRoute } from './root-route';
import {
  autoScrobbleSearch,
  historySearch,
  outcomeSearch,
  pageSearch,
  playlistsSearch,
  statisticsSearch,
} from './search-params';

/** Pages of someone who is signed in. Loaders start every fetch at once and wait for none: pages show skeletons. */
const member = createRoute({
  getParentRoute: () => rootRoute,
  id: 'member',
  beforeLoad: async ({ context, location }) => {
    if (!(await context.queryClient.query(whoIsSignedIn))) {
      const next = location.href === paths.home ? {} : { next: location.href };
      redirect({ to: paths.signIn, search: next, throw: true });
    }
  },
  loader: ({ context: { queryClient } }) => {
    prefetch(queryClient, lastfmAccountQuery);
    prefetch(queryClient, notificationsQuery);
  },
  errorComponent: BrokenPage,
  component: lazyRouteComponent(() => import('../components/shell/member-layout'), 'MemberLayout'),
});

const homeRoute = createRoute({
  getParentRoute: () => member,
  path: paths.home,
  loader: ({ context: { queryClient } }) => {
    prefetch(queryClient, runsQuery());
    prefetch(queryClient, latestScrobblesQuery);
    prefetch(queryClient, budgetQuery);
    prefetch(queryClient, playlistsQuery());
  },
  component: lazyRouteComponent(() => import('../pages/home-page'), 'HomePage'),
});

const lastfmRoute = createRoute({
  getParentRoute: () => member,
  path: paths.lastfm,
  validateSearch: outcomeSearch,
  component: lazyRouteComponent(() => import('../pages/lastfm-page'), 'LastfmPage'),
});

const accountMergeRoute = createRoute({
  getParentRoute: () => member,
  path: paths.accountMerge,
  loader: ({ context: { queryClient }, params: { mergeId } }) => {
    prefetch(queryClient, userMergeQuery(mergeId));
  },
  component: lazyRouteComponent(() => import('../pages/account-merge-page'), 'AccountMergePage'),
});

const playlistsRoute = createRoute({
  getParentRoute: () => member,
  path: paths.playlists,
  validateSearch: playlistsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient }, deps }) => {
    prefetch(queryClient, playlistsQuery(deps));
  },
  component: lazyRouteComponent(() => import('../pages/playlists-page'), 'PlaylistsPage'),
});

const playlistImportRoute = createRoute({
  getParentRoute: () => member,
  path: paths.playlistImport,
  validateSearch: outcomeSearch,
  component: lazyRouteComponent(() => import('../pages/playlist-import-page'), 'PlaylistImportPage'),
});

const linkImportRoute = createRoute({
  getParentRoute: () => member,
  path: paths.linkImport,
  loader: ({ context: { queryClient }, params: { importId } }) => {
    prefetch(queryClient, linkImportQuery(importId));
  },
  component: lazyRouteComponent(() => import('../pages/link-import-page'), 'LinkImportPage'),
});

const playlistRoute = createRoute({
  getParentRoute: () => member,
  path: paths.playlist,
  loader: ({ context: { queryClient }, params: { playlistId } }) => {
    prefetch(queryClient, playlistQuery(playlistId));
  },
  component: lazyRouteComponent(() => import('../pages/playlist-page'), 'PlaylistPage'),
});

const autoScrobbleRoute = createRoute({
  getParentRoute: () => member,
  path: paths.autoScrobble,
  validateSearch: autoScrobbleSearch,
  loaderDeps: ({ search: { page } }) => ({ page }),
  loader: ({ context: { queryClient }, deps: { page } }) => {
    prefetch(queryClient, runsQuery());
    prefetch(queryClient, runsQuery(page));
    prefetch(queryClient, playlistChoicesQuery);
  },
  component: lazyRouteComponent(() => import('../pages/auto-scrobble-page'), 'AutoScrobblePage'),
});

const historyRoute = createRoute({
  getParentRoute: () => member,
  path: paths.history,
  validateSearch: historySearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient }, deps }) => {
    prefetch(queryClient, historyQuery(deps));
  },
  component: lazyRouteComponent(() => import('../pages/history-page'), 'HistoryPage'),
});

const statisticsRoute = createRoute({
  getParentRoute: () => member,
  path: paths.statistics,
  validateSearch: statisticsSearch,
  loader: ({ context: { queryClient } }) => {
    prefetch(queryClient, streaksQuery);
  },
  component: lazyRouteComponent(() => import('../pages/statistics-page'), 'StatisticsPage'),
});

const roomsRoute = createRoute({
  getParentRoute: () => member,
  path: paths.rooms,
  validateSearch: pageSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient }, deps: { page } }) => {
    prefetch(queryClient, voiceDecisionsQuery(page));
    prefetch(queryClient, roomsQuery);
    prefetch(queryClient, roomConsentsQuery);
  },
  component: lazyRouteComponent(() => import('../pages/rooms-page'), 'RoomsPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => member,
  path: paths.settings,
  beforeLoad: () => {
    redirect({ to: paths.settingsSection, params: { section: 'privacy' }, replace: true, throw: true });
  },
});

const settingsSectionRoute = createRoute({
  getParentRoute: () => member,
  path: paths.settingsSection,
  validateSearch: outcomeSearch,
  component: lazyRouteComponent(() => import('../pages/settings-page'), 'SettingsPage'),
});

const historyImportsRoute = createRoute({
  getParentRoute: () => member,
  path: paths.historyImports,
  validateSearch: pageSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient }, deps: { page } }) => {
    prefetch(queryClient, importsQuery(page));
  },
  component: lazyRouteComponent(() => import('../pages/history-imports-page'), 'HistoryImportsPage'),
});

const historyImportRoute = createRoute({
  getParentRoute: () => member,
  path: paths.historyImport,
  loader: ({ context: { queryClient }, params: { importId } }) => {
    prefetch(queryClient, importQuery(importId));
    prefetch(queryClient, budgetQuery);
  },
  component: lazyRouteComponent(() => import('../pages/history-import-page'), 'HistoryImportPage'),
});

export const memberRoutes = member.addChildren([
  homeRoute,
  lastfmRoute,
  accountMergeRoute,
  playlistsRoute,
  playlistImportRoute,
  linkImportRoute,
  playlistRoute,
  autoScrobbleRoute,
  historyRoute,
  statisticsRoute,
  roomsRoute,
  settingsRoute,
  settingsSectionRoute,
  historyImportsRoute,
  historyImportRoute,
]);
