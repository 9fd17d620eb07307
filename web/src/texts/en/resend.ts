const count = (value: number, one: string, many: string) =>
  value === 1 ? one : many.replace('#', value.toLocaleString('en'));

export const resend = {
  open: 'Fix and send again',
  title: 'Fix and send again',
  hint: 'It is sent with the time it was played. Change nothing to send it as it was.',
  artist: 'Artist',
  trackTitle: 'Title',
  album: 'Album (optional)',
  albumArtist: 'Album artist (optional)',
  length: 'Length (optional)',
  lengthHint: 'Minutes and seconds, as 3:05',
  lengthWrong: 'Enter minutes and seconds, as 3:05, up to 24 hours.',
  artistMissing: 'Enter the artist.',
  titleMissing: 'Enter the title.',
  submit: 'Send again',
  done: (title: string) => `“${title}” is on its way to Last.fm again.`,
  doneHeld: (title: string) => `“${title}” is sent as soon as your Last.fm account takes it.`,
  traceTitle: 'Sent again',
  trace: (resentAt: string, state: string) => `${resentAt}. Before that: ${state}.`,
  traceVerdict: (verdict: string) => `Last.fm said “${verdict}”.`,
  traceNames: (names: string) => `It had been sent with ${names}.`,
  fields: { artist: 'artist', title: 'title', album: 'album', albumArtist: 'album artist', durationSeconds: 'length' },
  former: (field: string, name: string | null) => (name === null ? `no ${field}` : `${field} “${name}”`),
} as const;

export const retry = {
  open: 'Retry all failed',
  title: 'Send again what failed?',
  text: 'Every failed scrobble that is younger than 14 days is sent to Last.fm again, as it is.',
  textFiltered:
    'Every failed scrobble of the source and days you filter by that is younger than 14 days is sent to Last.fm again, as it is.',
  searchHint: 'The words you search for do not narrow this.',
  withIgnored: 'Also what Last.fm ignored',
  withIgnoredHint: 'Last.fm ignores most of them again unless their names are corrected first.',
  confirm: 'Send again',
  nothing: 'There is nothing that could be sent again.',
  resent: (value: number) => count(value, '1 scrobble is on its way again.', '# scrobbles are on their way again.'),
  noneResent: 'Nothing was sent again.',
  tooOld: (value: number) => count(value, '1 is older than 14 days.', '# are older than 14 days.'),
  duplicates: (value: number) =>
    count(value, '1 was scrobbled another way meanwhile.', '# were scrobbled another way meanwhile.'),
} as const;
