/**
 * What can be done about a failed call:
 * - `key-rejected`: the user has to link again
 * - `operator`: our API key or signature is refused; nothing may be sent until someone looks
 * - `rate-limited`: too many calls from our address; everyone waits
 * - `parked`: this account has scrobbled too much for today; the others go on
 * - `not-sent`: it certainly had no effect; come back later
 * - `uncertain`: it may have had its effect although it looks failed
 * - `refused`: Last.fm does not want this request, now or later
 */
export type LastfmFailure =
  'key-rejected' | 'operator' | 'rate-limited' | 'parked' | 'not-sent' | 'uncertain' | 'refused';

interface Row {
  /** What Last.fm, or the network, means by it. */
  says: string;
  /** What it means for us. */
  means: LastfmFailure;
}

/**
 * Last.fm's error numbers, a row each. Error 29 has two meanings under one number: see `TOO_MANY_SCROBBLES`.
 * @see https://www.last.fm/api/errorcodes
 */
export const ERROR_CODES: Readonly<Record<number, Row>> = {
  2: { says: 'invalid service', means: 'refused' },
  3: { says: 'no such method', means: 'refused' },
  4: { says: 'authentication failed, or the token was not issued', means: 'refused' },
  5: { says: 'invalid format', means: 'refused' },
  6: { says: 'a parameter is missing or invalid, or there is no such thing', means: 'refused' },
  7: { says: 'invalid resource', means: 'refused' },
  8: { says: 'the operation failed; scrobbles have landed all the same', means: 'uncertain' },
  9: { says: 'invalid session key', means: 'key-rejected' },
  10: { says: 'invalid API key', means: 'operator' },
  11: { says: 'the service is offline', means: 'not-sent' },
  12: { says: 'for subscribers only', means: 'refused' },
  13: {
    says: 'invalid signature; of a batch, or where other calls are taken, what one item makes of it',
    means: 'operator',
  },
  14: { says: 'the token is not approved yet', means: 'refused' },
  15: { says: 'the token has expired', means: 'refused' },
  16: { says: 'temporarily unavailable; scrobbles have landed all the same', means: 'uncertain' },
  17: { says: 'login required: the profile is private', means: 'refused' },
  18: { says: 'the trial has expired', means: 'refused' },
  19: { says: 'unused', means: 'refused' },
  20: { says: 'radio: not enough content', means: 'refused' },
  21: { says: 'radio: not enough members', means: 'refused' },
  22: { says: 'radio: not enough fans', means: 'refused' },
  23: { says: 'radio: not enough neighbours', means: 'refused' },
  24: { says: 'radio: no peak radio', means: 'refused' },
  25: { says: 'radio: not found', means: 'refused' },
  26: { says: 'the API key is suspended', means: 'operator' },
  27: { says: 'deprecated', means: 'refused' },
  28: { says: 'undocumented', means: 'refused' },
  29: { says: 'too many requests from this address', means: 'rate-limited' },
};

/** What is not Last.fm's own word: an answer without a number, or none. */
export const BARE_FAILURES = {
  'never-connected': { says: 'Last.fm could not be reached.', means: 'not-sent' },
  'timed-out': { says: 'Last.fm did not answer in time.', means: 'uncertain' },
  'connection-lost': { says: 'The connection to Last.fm broke before it had answered.', means: 'uncertain' },
  'not-json': {
    says: 'Last.fm answered with something that is not JSON, such as a page or half a document.',
    means: 'uncertain',
  },
  'unknown-form': { says: 'Last.fm answered in a form we do not know.', means: 'uncertain' },
  'other-scrobbles': { says: 'Last.fm answered for other scrobbles than were sent.', means: 'uncertain' },
  'http-3xx': { says: 'Last.fm sent us to another address; secrets do not follow.', means: 'uncertain' },
  'http-413': { says: 'The request was too large.', means: 'refused' },
  'http-429': { says: 'Last.fm was called too often.', means: 'rate-limited' },
  // A gateway that speaks; whether Last.fm heard of the call is not said, and it refuses nothing for good.
  'http-4xx': { says: 'Something before Last.fm refused the call.', means: 'uncertain' },
  'http-5xx': { says: 'Last.fm, or something before it, is broken.', means: 'uncertain' },
} as const satisfies Record<string, Row>;

export type BareFailure = keyof typeof BARE_FAILURES;

/** The text that makes of a 29 the daily cap of one account, not the request rate of our address. */
const TOO_MANY_SCROBBLES = /too many scrobbles/i;

/** A number that is in no row is refused: Last.fm's policy is to repeat nothing but what it names. */
export function meaningOfCode(code: number, message: string): LastfmFailure {
  const means = ERROR_CODES[code]?.means ?? 'refused';
  return means === 'rate-limited' && TOO_MANY_SCROBBLES.test(message) ? 'parked' : means;
}

/** What an answer without an error number of Last.fm's is a case of. @param status 200 for one that says it went well */
export function bareFailureOf(status: number, isJson: boolean): BareFailure {
  if (status === 413 || status === 429) {
    return `http-${status}`;
  }
  if (status >= 300 && status < 600) {
    return status < 400 ? 'http-3xx' : status < 500 ? 'http-4xx' : 'http-5xx';
  }
  return isJson ? 'unknown-form' : 'not-json';
}
