/** Words that many pages use. Sentences say what happened and what to do now. */
export const common = {
  productName: 'Universal Scrobbler',
  pageTitle: (page: string) => `${page} · Universal Scrobbler`,
  cancel: 'Cancel',
  close: 'Close',
  undo: 'Undo',
  save: 'Save',
  retry: 'Try again',
  loading: 'Loading',
  tracks: (count: number) => (count === 1 ? '1 track' : `${count.toLocaleString('en')} tracks`),
  number: (count: number) => count.toLocaleString('en'),
  rangeOf: (from: number, to: number, total: number) =>
    `${from.toLocaleString('en')}–${to.toLocaleString('en')} of ${total.toLocaleString('en')}`,
  pages: 'Pages',
  nextPage: 'Next page',
  previousPage: 'Previous page',
  page: (page: number) => `Page ${page}`,
  unknownLength: 'unknown',
  byArtist: (artist: string) => `by ${artist}`,
  justNow: 'just now',
} as const;

export const problems = {
  couldNotLoad: 'This could not be loaded',
  couldNotDo: 'That did not work',
  noConnection: 'The server cannot be reached. Check your connection and try again.',
  unexpected: 'Something unexpected happened. Please try again.',
  pageBroken: 'This page ran into a problem',
  notFoundTitle: 'There is no such page',
  notFoundText: 'The address may be mistyped, or what was here has been deleted.',
  goHome: 'Go to the home page',
} as const;

export const shell = {
  skipToContent: 'Skip to content',
  mainNavigation: 'Main',
  home: 'Home',
  playlists: 'Playlists',
  autoScrobble: 'Auto-scrobble',
  history: 'History',
  statistics: 'Statistics',
  lastfm: 'Last.fm',
  accountMenu: (name: string) => `Account of ${name}`,
  settings: 'Settings',
  signOut: 'Sign out',
  live: 'Live',
  reconnecting: 'Reconnecting …',
  liveHint: 'What happens is shown at once.',
  reconnectingHint: 'The connection for live news was lost. It is being restored.',
  notifications: 'Notifications',
  notificationsUnread: (count: number) => `Notifications, ${count} unread`,
  noNotifications: 'Nothing to tell you. News about your Last.fm account will appear here.',
  markRead: 'Mark all as read',
  unread: 'new',
  sandboxBanner: 'Sandbox: no scrobble reaches the real Last.fm. A stand-in on this machine takes them.',
  sandboxProfile: (username: string) => `Open ${username}’s sandbox profile`,
  sandboxOrigin: 'Open the sandbox',
  rejectedBanner: (username: string) =>
    `Last.fm no longer accepts our access to ${username}. Nothing is lost: your scrobbles wait until you link it again.`,
  linkAgain: 'Link again',
  haltBanner: (time: string) =>
    `Nothing is sent to Last.fm before ${time}: it takes no calls from this server. Nothing is lost; your scrobbles wait.`,
} as const;
