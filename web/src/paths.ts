/** Every address of the dashboard. Links and redirects take theirs from here. */
export const paths = {
  home: '/',
  signIn: '/sign-in',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  signInCode: '/sign-in/code',
  register: '/register',
  lastfm: '/lastfm',
  lastfmConfirm: '/lastfm/confirm',
  accountMerge: '/account/merge/$mergeId',
  playlists: '/playlists',
  playlistImport: '/playlists/import',
  linkImport: '/playlists/imports/$importId',
  playlist: '/playlists/$playlistId',
  autoScrobble: '/auto-scrobble',
  history: '/history',
  statistics: '/statistics',
  rooms: '/rooms',
  settings: '/settings',
  settingsSection: '/settings/$section',
  historyImports: '/history/imports',
  historyImport: '/history/imports/$importId',
} as const;

/** The administration panel is no page of the dashboard: the browser has to load it. */
export function isPanel(address: string): boolean {
  return /^\/admin(\/|\?|#|$)/.test(address);
}

/** The page someone asked for before signing in. An address of another site, or of the API, is no page of ours. */
export function samePathOnly(wanted: string | undefined): string {
  if (!wanted?.startsWith('/') || !URL.canParse(wanted, window.location.origin)) {
    return paths.home;
  }
  const { origin, pathname, search, hash } = new URL(wanted, window.location.origin);
  const isPage = origin === window.location.origin && !pathname.startsWith('//') && !pathname.startsWith('/api/');
  return isPage ? `${pathname}${search}${hash}` : paths.home;
}
