import { BARE_FAILURES, bareFailureOf, ERROR_CODES, meaningOfCode } from './error-matrix.js';
import { LastfmCallError } from './lastfm-call-error.js';
import { readReply } from './read-reply.js';

const NEVER_AGAIN = [2, 3, 4, 5, 6, 7, 12, 14, 15, 17, 18, 19, 20, 21, 22, 23, 24, 25, 27, 28];

const failureOf = (status: number, body: string): LastfmCallError => {
  try {
    readReply(status, body);
  } catch (error) {
    return error as LastfmCallError;
  }
  throw new Error('It was read as a success.');
};

describe('the error matrix', () => {
  it('has a row for every number from 2 to 29', () => {
    expect(Object.keys(ERROR_CODES).map(Number)).toEqual(Array.from({ length: 28 }, (_, index) => index + 2));
  });

  it.each([
    ...NEVER_AGAIN.map((code) => ({ code, means: 'refused' })),
    { code: 8, means: 'uncertain' },
    { code: 9, means: 'key-rejected' },
    { code: 10, means: 'operator' },
    { code: 11, means: 'not-sent' },
    { code: 13, means: 'operator' },
    { code: 16, means: 'uncertain' },
    { code: 26, means: 'operator' },
    { code: 29, means: 'rate-limited' },
    { code: 0, means: 'refused' },
    { code: 999, means: 'refused' },
  ])('error $code is $means, whatever the HTTP status and whether the number is a string', ({ code, means }) => {
    for (const status of [200, 400, 403, 404, 429, 500, 503]) {
      for (const error of [code, String(code)]) {
        const failure = failureOf(status, JSON.stringify({ error, message: 'So it is', links: [] }));
        expect({ means: failure.failure, code: failure.code }).toEqual({ means, code });
        expect(failure.message).toBe(`Last.fm error ${code}: So it is`);
      }
    }
  });

  it('knows the two faces of 29 by their text', () => {
    expect(meaningOfCode(29, 'Rate Limit Exceeded - Your IP has made too many requests')).toBe('rate-limited');
    expect(meaningOfCode(29, '')).toBe('rate-limited');
    expect(
      meaningOfCode(29, 'Rate Limit Exceeded - Too many scrobbles in a short period. Please try again later.'),
    ).toBe('parked');
    expect(meaningOfCode(6, 'too many scrobbles')).toBe('refused');
  });

  it.each([
    { name: 'an HTML 500', status: 500, body: '<html>Retry in 30 s</html>', means: 'uncertain' },
    { name: 'an HTML 503', status: 503, body: '<html></html>', means: 'uncertain' },
    { name: 'a plain 502', status: 502, body: '', means: 'uncertain' },
    { name: 'a JSON 504 without a number', status: 504, body: '{"message":"Gateway Timeout"}', means: 'uncertain' },
    { name: 'a plain 403', status: 403, body: 'Forbidden', means: 'uncertain' },
    { name: 'a plain 404', status: 404, body: '{}', means: 'uncertain' },
    { name: 'a plain 413', status: 413, body: 'Payload Too Large', means: 'refused' },
    { name: 'a plain 429', status: 429, body: 'Slow down', means: 'rate-limited' },
    { name: 'a redirect', status: 301, body: '', means: 'uncertain' },
    { name: 'an HTML 200', status: 200, body: '<html></html>', means: 'uncertain' },
    { name: 'half a document', status: 200, body: '{"scrobbles":{"scrobb', means: 'uncertain' },
    { name: 'an empty 200', status: 200, body: '', means: 'uncertain' },
  ])('$name is $means', ({ status, body, means }) => {
    const failure = failureOf(status, body);
    expect({ means: failure.failure, code: failure.code }).toEqual({ means, code: null });
    expect(failure.message).toContain(`(HTTP ${status})`);
  });

  it.each([
    { error: null, because: 'null is no number' },
    { error: '', because: 'neither is an empty text' },
    { error: 'six', because: 'neither is a word' },
    { error: [6], because: 'neither is a list' },
  ])('takes {"error":$error} with 200 for an answer in another form: $because', ({ error }) => {
    expect(readReply(200, JSON.stringify({ error }))).toEqual({ error });
  });

  it('never queues again what may have had its effect, and leaves nothing in doubt that had none', () => {
    const means = Object.fromEntries(Object.entries(BARE_FAILURES).map(([kind, row]) => [kind, row.means]));
    expect(means).toEqual({
      'never-connected': 'not-sent',
      'timed-out': 'uncertain',
      'connection-lost': 'uncertain',
      'not-json': 'uncertain',
      'unknown-form': 'uncertain',
      'other-scrobbles': 'uncertain',
      'http-3xx': 'uncertain',
      'http-413': 'refused',
      'http-429': 'rate-limited',
      'http-4xx': 'uncertain',
      'http-5xx': 'uncertain',
    });
    expect(bareFailureOf(200, true)).toBe('unknown-form');
  });
});
