const counted = (one: string, many: string) => (count: number) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Two accounts of one person become one. */
export const merging = {
  title: 'Merge two accounts?',
  question: (from: string, into: string) => `Merge the account ${from} into your account ${into}?`,
  because: (kind: string, name: string, from: string) =>
    `${kind} (${name}) opens another account here already, called ${from}. Both are yours, so they can become one.`,
  becauseLinked: (username: string, from: string) =>
    `Another account here, called ${from}, scrobbles to ${username} on Last.fm already, and ${username} is you. So the two can become one.`,
  kinds: { password: 'E-mail and password', oidc: 'OpenID', discord: 'Discord', lastfm: 'Last.fm' },
  moves: (from: string) => `From ${from}, this moves to your account:`,
  counts: {
    playlists: counted('playlist', 'playlists'),
    scrobbles: counted('scrobble; one that both have counts once', 'scrobbles; those that both have count once'),
    runs: counted('auto-scrobble', 'auto-scrobbles'),
  } as Readonly<Record<string, (count: number) => string>>,
  nothingElse: 'No playlists and no scrobbles',
  wayIn: (kind: string, name: string) => `Signing in with ${kind} (${name})`,
  lastfmQuestion: 'Both have a Last.fm account. Which one stays linked?',
  waitingQuestion: (count: number, username: string) =>
    `${count === 1 ? '1 scrobble waits' : `${count.toLocaleString('en')} scrobbles wait`} for ${username}. What becomes of ${count === 1 ? 'it' : 'them'}?`,
  waitingSend: (username: string) => `Send to ${username}`,
  waitingCancel: 'Cancel',
  warning: (from: string, into: string) =>
    `The account ${from} is then gone, and signed out everywhere; its tokens end, and its password if you have one here. Name and settings of ${into} stay. This cannot be undone.`,
  confirm: 'Merge them',
  apart: 'Keep apart',
  doneTitle: 'Merged',
  doneText: (from: string) => `Everything of ${from} is in your account now.`,
  apartTitle: 'Kept apart',
  apartText: 'Nothing was changed. Both accounts stay as they are.',
  nothingTitle: 'Nothing to merge here',
  toWaysIn: 'Go to your ways to sign in',
  toHome: 'Go to the home page',
} as const;
