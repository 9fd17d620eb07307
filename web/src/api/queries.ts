import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { answer, api } from './client';
import type { DailyBudget, ScrobbleSource, ScrobbleState } from './models';
import { hasCode, isSignedOut } from './problem';

/** The first word of each query's key; live news names what to fetch again by it. */
export const queryKinds = {
  me: 'me',
  secondFactor: 'second-factor',
  installation: 'installation',
  providers: 'providers',
  identities: 'identities',
  lastfmAccount: 'lastfm-account',
  pendingLink: 'pending-link',
  userMerge: 'user-merge',
  notifications: 'notifications',
  playlists: 'playlists',
  runs: 'scrobble-runs',
  scrobbles: 'scrobbles',
  budget: 'daily-budget',
  imports: 'scrobble-imports',
  linkImports: 'playlist-imports',
  platforms: 'platforms',
  rooms: 'rooms',
  logins: 'logins',
  tokens: 'personal-tokens',
  securityEvents: 'security-events',
  dataExport: 'data-export',
  statistics: 'statistics',
} as const;

export const HISTORY_PAGE_SIZE = 50;
export const RUNS_PAGE_SIZE = 20;
export const PLAYLISTS_PAGE_SIZE = 50;
export const IMPORTS_PAGE_SIZE = 20;
export const SECURITY_EVENTS_PAGE_SIZE = 10;

/** Null where something is simply not there. */
async function orNull<T>(wanted: Promise<T>, isNothing: (error: unknown) => boolean): Promise<T | null> {
  try {
    return await wanted;
  } catch (error) {
    if (isNothing(error)) {
      return null;
    }
    throw error;
  }
}

/** Who is signed in; null for nobody. */
export const meQuery = queryOptions({
  queryKey: [queryKinds.me],
  queryFn: ({ signal }) => orNull(answer(api.GET('/api/me', { signal })), isSignedOut),
  staleTime: Infinity,
});

/** For guards: what is known is good enough. */
export const whoIsSignedIn = { ...meQuery, staleTime: 'static' } as const;

export const secondFactorQuery = queryOptions({
  queryKey: [queryKinds.secondFactor],
  queryFn: ({ signal }) => answer(api.GET('/api/me/second-factor', { signal })),
});

export const installationQuery = queryOptions({
  queryKey: [queryKinds.installation],
  queryFn: ({ signal }) => answer(api.GET('/api/installation', { signal })),
  staleTime: 60_000,
  refetchInterval: 60_000,
});

/** The ways in that are set up here; they change with the configuration alone. */
export const providersQuery = queryOptions({
  queryKey: [queryKinds.providers],
  queryFn: ({ signal }) => answer(api.GET('/api/auth/providers', { signal })),
  staleTime: Infinity,
});

export const identitiesQuery = queryOptions({
  queryKey: [queryKinds.identities],
  queryFn: ({ signal }) => answer(api.GET('/api/me/identities', { signal })),
});

/** Null while none is linked. */
export const lastfmAccountQuery = queryOptions({
  queryKey: [queryKinds.lastfmAccount],
  queryFn: ({ signal }) =>
    orNull(answer(api.GET('/api/lfm/me', { signal })), (error) => hasCode(error, 'lastfm_account_not_linked')),
});

export const pendingLinkQuery = (state: string) =>
  queryOptions({
    queryKey: [queryKinds.pendingLink, state],
    queryFn: ({ signal }) => answer(api.GET('/api/lfm/auth/pending', { params: { query: { state } }, signal })),
    retry: false,
    staleTime: Infinity,
  });

export const userMergeQuery = (id: string) =>
  queryOptions({
    queryKey: [queryKinds.userMerge, id],
    queryFn: ({ signal }) => answer(api.GET('/api/me/merges/{id}', { params: { path: { id } }, signal })),
    retry: false,
    staleTime: Infinity,
  });

export const notificationsQuery = queryOptions({
  queryKey: [queryKinds.notifications],
  queryFn: ({ signal }) => answer(api.GET('/api/notifications', { params: { query: { limit: 50 } }, signal })),
});

export const playlistsQuery = ({ page = 1, q }: { page?: number | undefined; q?: string | undefined } = {}) =>
  queryOptions({
    queryKey: [queryKinds.playlists, 'list', page, q],
    queryFn: ({ signal }) => {
      const query = { limit: PLAYLISTS_PAGE_SIZE, offset: (page - 1) * PLAYLISTS_PAGE_SIZE, ...(q && { q }) };
      return answer(api.GET('/api/playlists', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

/** All of them, to choose from. */
export const playlistChoicesQuery = queryOptions({
  queryKey: [queryKinds.playlists, 'choices'],
  queryFn: ({ signal }) => answer(api.GET('/api/playlists', { params: { query: { limit: 1000 } }, signal })),
});

export const playlistQuery = (id: string) =>
  queryOptions({
    queryKey: [queryKinds.playlists, 'one', id],
    queryFn: ({ signal }) => answer(api.GET('/api/playlists/{id}', { params: { path: { id } }, signal })),
  });

export const trackSearchQuery = (q: string) =>
  queryOptions({
    queryKey: ['track-search', q],
    queryFn: ({ signal }) => answer(api.GET('/api/search', { params: { query: { q } }, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  });

/** Of one version: positions are those of its tracks. */
export const duplicatesQuery = ({ id, version }: { id: string; version: number }) =>
  queryOptions({
    queryKey: [queryKinds.playlists, 'duplicates', id, version],
    queryFn: ({ signal }) => answer(api.GET('/api/playlists/{id}/duplicates', { params: { path: { id } }, signal })),
  });

/** The newest first, so a run that is still active is the first of page 1. */
export const runsQuery = (page = 1) =>
  queryOptions({
    queryKey: [queryKinds.runs, page],
    queryFn: ({ signal }) => {
      const query = { limit: RUNS_PAGE_SIZE, offset: (page - 1) * RUNS_PAGE_SIZE };
      return answer(api.GET('/api/scrobble-runs', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

export interface HistoryFilter {
  page?: number | undefined;
  state?: ScrobbleState | undefined;
  source?: ScrobbleSource | undefined;
  q?: string | undefined;
  /** Days as the person means them, in their own time zone. */
  from?: string | undefined;
  to?: string | undefined;
}

export const historyQuery = (filter: HistoryFilter) =>
  queryOptions({
    queryKey: [queryKinds.scrobbles, 'history', filter],
    queryFn: ({ signal }) => answer(api.GET('/api/scrobbles', { params: { query: historyParams(filter) }, signal })),
    placeholderData: keepPreviousData,
  });

export const latestScrobblesQuery = queryOptions({
  queryKey: [queryKinds.scrobbles, 'latest'],
  queryFn: ({ signal }) => answer(api.GET('/api/scrobbles', { params: { query: { limit: 8 } }, signal })),
});

export const scrobbleQuery = (id: string) =>
  queryOptions({
    queryKey: [queryKinds.scrobbles, 'one', id],
    queryFn: ({ signal }) => answer(api.GET('/api/scrobbles/{id}', { params: { path: { id } }, signal })),
  });

/** Newest first. */
export const importsQuery = (page = 1) =>
  queryOptions({
    queryKey: [queryKinds.imports, 'list', page],
    queryFn: ({ signal }) => {
      const query = { limit: IMPORTS_PAGE_SIZE, offset: (page - 1) * IMPORTS_PAGE_SIZE };
      return answer(api.GET('/api/scrobbles/imports', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: [queryKinds.imports, 'one', id],
    queryFn: ({ signal }) => answer(api.GET('/api/scrobbles/imports/{id}', { params: { path: { id } }, signal })),
  });

/** A playlist that is read from a platform, or what became of it. */
export const linkImportQuery = (id: string) =>
  queryOptions({
    queryKey: [queryKinds.linkImports, id],
    queryFn: ({ signal }) => answer(api.GET('/api/playlists/imports/{id}', { params: { path: { id } }, signal })),
  });

/** Where playlists can come from, and how one stands with each. */
export const platformsQuery = queryOptions({
  queryKey: [queryKinds.platforms, 'list'],
  queryFn: ({ signal }) => answer(api.GET('/api/platforms', { signal })),
});

/** Whether what one hears at Spotify is scrobbled. */
export const spotifyListeningQuery = queryOptions({
  queryKey: [queryKinds.platforms, 'spotify-listening'],
  queryFn: ({ signal }) => answer(api.GET('/api/platforms/spotify/listening', { signal })),
});

/** Only for someone who has connected Spotify. It is asked there each time, so not too often. */
export const spotifyPlaylistsQuery = queryOptions({
  queryKey: ['spotify-playlists'],
  queryFn: ({ signal }) => answer(api.GET('/api/platforms/spotify/playlists', { signal })),
  staleTime: 60_000,
});

/** What the Last.fm account has had of its day. News makes it old, and so does the end of the day. */
export const budgetQuery = queryOptions({
  queryKey: [queryKinds.budget],
  queryFn: ({ signal }) => answer(api.GET('/api/scrobbles/budget', { signal })),
  refetchInterval: ({ state: { data } }) => data !== undefined && msToReset(data),
  refetchIntervalInBackground: true,
});

/** With a second to spare, and never at once again: the server's clock counts, not this one. */
function msToReset({ resetsAt }: DailyBudget): number {
  return Math.max(60_000, Date.parse(resetsAt) - Date.now() + 1_000);
}

export const loginsQuery = queryOptions({
  queryKey: [queryKinds.logins],
  queryFn: ({ signal }) => answer(api.GET('/api/me/logins', { signal })),
});

export const tokensQuery = queryOptions({
  queryKey: [queryKinds.tokens],
  queryFn: ({ signal }) => answer(api.GET('/api/me/tokens', { signal })),
});

/** The newest first. */
export const securityEventsQuery = (page = 1) =>
  queryOptions({
    queryKey: [queryKinds.securityEvents, page],
    queryFn: ({ signal }) => {
      const query = { limit: SECURITY_EVENTS_PAGE_SIZE, offset: (page - 1) * SECURITY_EVENTS_PAGE_SIZE };
      return answer(api.GET('/api/me/security-events', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

/** Null while there is none. */
export const dataExportQuery = queryOptions({
  queryKey: [queryKinds.dataExport],
  queryFn: ({ signal }) =>
    orNull(answer(api.GET('/api/me/export', { signal })), (error) => hasCode(error, 'export_not_found')),
});

function historyParams({ page = 1, state, source, q, from, to }: HistoryFilter) {
  return {
    limit: HISTORY_PAGE_SIZE,
    offset: (page - 1) * HISTORY_PAGE_SIZE,
    ...(state && { state }),
    ...(q && { q }),
    ...sourceAndPeriod({ source, from, to }),
  };
}

/** The part of a filter that everything about scrobbles understands. */
export function sourceAndPeriod({ source, from, to }: HistoryFilter) {
  return {
    ...(source && { source }),
    ...(from && { startDate: startOfDay(from, 0) }),
    ...(to && { endDate: startOfDay(to, 1) }),
  };
}

/** The moment at which a local day, or one some days later, begins. */
function startOfDay(day: string, daysLater: number): string {
  const start = new Date(`${day}T00:00:00`);
  start.setDate(start.getDate() + daysLater);
  return start.toISOString();
}
