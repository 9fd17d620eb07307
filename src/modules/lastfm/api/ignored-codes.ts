/** What became of one scrobble of a call that Last.fm answered. */
type VerdictMeaning = 'accepted' | 'ignored' | 'parked';

/** `ignoredMessage` codes, a row each. Last.fm answers 0 to 5; 91 is GNU FM's, which answers in the same form. */
const IGNORED_CODES = {
  0: { says: 'not ignored', means: 'accepted', reason: null },
  1: { says: 'the artist is filtered', means: 'ignored', reason: 'artist_filtered' },
  2: { says: 'the track is filtered', means: 'ignored', reason: 'track_filtered' },
  3: { says: 'the timestamp is too old', means: 'ignored', reason: 'timestamp_too_old' },
  4: { says: 'the timestamp is too new', means: 'ignored', reason: 'timestamp_too_new' },
  5: { says: "the account's daily limit is reached", means: 'parked', reason: 'parked' },
  91: { says: 'scrobbled already: it is there', means: 'accepted', reason: null },
} as const satisfies Record<number, { says: string; means: VerdictMeaning; reason: string | null }>;

type KnownCode = keyof typeof IGNORED_CODES;
type Meaning = (typeof IGNORED_CODES)[KnownCode] | { means: 'ignored'; reason: 'ignored_by_lastfm' };

/** A code in no row means that it was ignored, for a reason we do not know. */
export function meaningOfVerdict(code: number): Meaning {
  return code in IGNORED_CODES ? IGNORED_CODES[code as KnownCode] : { means: 'ignored', reason: 'ignored_by_lastfm' };
}
