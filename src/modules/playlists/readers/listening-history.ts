import { firstRowOf } from './csv.reader.js';

/** How much of a file is looked at: an entry or two. */
const BEGINNING_LENGTH = 4_000;
const UNIX_SECONDS = /^\d{9,11}$/;
/** As lastfm-to-csv writes the last of its four columns, without any header: `09 Nov 2026 17:03`. */
const LASTFM_DATE = /^\d{1,2} [A-Z][a-z]{2} \d{4},? \d{2}:\d{2}$/;
const WHEN_PLAYED = ['uts', 'utctime', 'listenedat', 'playedat', 'scrobbledat', 'msplayed'];

const BY_BEGINNING: readonly (readonly [name: string, beginning: RegExp])[] = [
  ['a scrobbler log (.scrobbler.log)', /^\s*#AUDIOSCROBBLER\//],
  ["Spotify's extended streaming history", /^\s*\[\s*\{[^{}]*"ms_played"\s*:/],
  ["a Spotify account's streaming history", /^\s*\[\s*\{[^{}]*"msPlayed"\s*:/],
  ['a YouTube watch history', /^\s*\[\s*\{\s*"header"\s*:\s*"YouTube/],
  ['a ListenBrainz export', /^\s*\[?\s*\{[^]*"listened_at"\s*:/],
  ['a Maloja export', /^\s*\{\s*("maloja"|"scrobbles")\s*:/],
  ['a Last.fm export', /^\s*\[?\s*[[{][^]*"(uts|#text)"\s*:/],
];

/** What kind of listening history this is, by its content; null when it is none that we know. */
export function historyNameOf(head: string): string | null {
  const beginning = head.slice(0, BEGINNING_LENGTH);
  return BY_BEGINNING.find(([, pattern]) => pattern.test(beginning))?.[0] ?? historyTableNameOf(beginning);
}

function historyTableNameOf(beginning: string): string | null {
  const [first = '', second = ''] = beginning.split(/\r\n|\n|\r/, 2);
  const fields = firstRowOf(first).map((field) => field.toLowerCase().replace(/[\s_-]+/g, ''));
  if (fields.some((field) => WHEN_PLAYED.includes(field))) {
    return 'a table of plays, such as an export of Last.fm';
  }
  if (LASTFM_DATE.test(firstRowOf(first).at(-1) ?? '')) {
    return 'an export of Last.fm';
  }
  const time = fields.indexOf('time');
  return time >= 0 && UNIX_SECONDS.test(firstRowOf(second)[time] ?? '') ? 'an export of libre.fm' : null;
}
