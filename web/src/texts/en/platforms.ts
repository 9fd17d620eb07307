export const platforms = {
  spotify: 'Spotify',
  notConnected: 'Spotify was not connected',
  failures: {
    spotify_not_configured: 'Spotify is not set up here: whoever runs this installation has to set SPOTIFY_CLIENT_ID.',
    spotify_connect_cancelled: 'You did not agree at Spotify, so nothing was connected.',
    spotify_connect_foreign: 'That answer of Spotify belonged to another browser or an earlier try. Connect again.',
    spotify_connect_refused: 'Spotify did not confirm the connection. Connect again.',
    spotify_refused:
      'Spotify does not let us in with this account. Whoever runs this installation has to add it to the users of the app in Spotify’s developer dashboard.',
    platform_busy: 'Spotify asks us to slow down. Try again in a minute.',
    platform_unavailable: 'Spotify does not answer at the moment. Try again in a few minutes.',
  } as Readonly<Record<string, string>>,
  failedOther: (code: string) => `Something went wrong at Spotify (${code}). Try again.`,
  connected: 'Your Spotify account is connected.',
  connect: 'Connect Spotify',
  connectAgain: 'Connect Spotify again',
  why: 'Spotify hands out only playlists that you own or work on with others. Connect your account to bring those here.',
} as const;

export const spotifySettings = {
  title: 'Spotify',
  lead: 'Lets you bring your own playlists here, and scrobbles what you hear there if you wish. We cannot change anything at Spotify.',
  account: 'Account',
  since: 'Connected on',
  until: 'Has to be connected again by',
  listening: 'Scrobble what I hear at Spotify',
  listeningHint: 'From now on: each song once it has ended. We look every half minute while you listen.',
  listeningProblem: 'The last look saw nothing',
  disconnect: 'Disconnect',
  disconnectTitle: 'Disconnect Spotify?',
  disconnectText: 'We forget the account and can no longer read it. What you imported stays.',
  disconnected: 'Spotify is disconnected.',
} as const;

export const linkImport = {
  byLink: 'From a link',
  bySpotify: 'From Spotify',
  link: 'Link to a playlist',
  linkHint: 'From Deezer, any public playlist. From Spotify, your own ones, once your account is connected.',
  linkExample: 'https://www.deezer.com/playlist/908622995',
  linkMissing: 'Paste a link.',
  importLink: 'Import from this link',
  fileInstead: 'Import a file instead',
  choose: 'Your playlists at Spotify',
  chooseHint: 'Your own, and those you work on with others.',
  tracks: (count: number) => (count === 1 ? '1 track' : `${count.toLocaleString('en')} tracks`),
  collaborative: 'with others',
  onlyFollowed: (count: number) =>
    `${count === 1 ? '1 more playlist belongs' : `${count.toLocaleString('en')} more playlists belong`} to somebody else: Spotify does not hand ${count === 1 ? 'it' : 'them'} out. Save such a playlist as a file, for example with Exportify, and import the file.`,
  none: 'There is no playlist at Spotify that could be imported.',
  importChosen: (count: number) => (count === 1 ? 'Import 1 playlist' : `Import ${count} playlists`),
  outcomesTitle: 'What became of them',
  imported: (imported: number, read: number) =>
    `${imported.toLocaleString('en')} of ${read.toLocaleString('en')} tracks imported`,
  begun: 'is being read',
  look: 'See how far it is',
} as const;

export const linkImportPage = {
  title: 'Import',
  states: {
    reading: 'Being read',
    ready: 'Ready',
    completed: 'Done',
    failed: 'Failed',
    cancelled: 'Cancelled',
  },
  progress: (read: number, total: number) =>
    `${read.toLocaleString('en')} of ${total.toLocaleString('en')} tracks read`,
  waits: (platform: string) => `${platform} is busy. It goes on by itself`,
  stayOrGo: 'You can leave this page; it goes on without you.',
  cancel: 'Cancel',
  cancelled: 'It is cancelled. Nothing was imported.',
  failed: 'This could not be read',
  done: (title: string) => `“${title}” is imported`,
  doneAll: (count: number) => `All ${count === 1 ? '1 track' : `${count.toLocaleString('en')} tracks`} are there.`,
  doneSome: (imported: number, read: number) =>
    `${imported.toLocaleString('en')} of ${read.toLocaleString('en')} entries became tracks.`,
  open: 'Open the playlist',
  another: 'Import another',
  refresh: 'Refresh from source',
  refreshTitle: 'What would change',
  refreshLead: (before: number, after: number) =>
    `${before.toLocaleString('en')} tracks now, ${after.toLocaleString('en')} afterwards. Nothing is changed yet.`,
  nothingNew: 'The source is as it was: nothing to change.',
  applied: 'The playlist is as its source now.',
  apply: 'Apply these changes',
  discard: 'Leave it as it is',
  added: (count: number) => `Added: ${count.toLocaleString('en')}`,
  removed: (count: number) => `Removed: ${count.toLocaleString('en')}`,
  moved: (count: number) => `Moved: ${count.toLocaleString('en')}`,
  first: (count: number) => `The first ${count}:`,
  place: 'Place',
  track: 'Track',
  fromTo: (from: number, to: number) => `${from.toLocaleString('en')} → ${to.toLocaleString('en')}`,
} as const;
