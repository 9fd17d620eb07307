import fc from 'fast-check';

import { matchVerdicts } from './match-verdicts.js';

/** A call's seconds with the verdicts in their order; `of` says which scrobble each is about. */
const calls = fc
  .array(fc.integer({ min: 1_700_000_000, max: 1_700_000_020 }), { minLength: 1, maxLength: 50 })
  .map((seconds) => ({ seconds, verdicts: seconds.map((timestamp, of) => ({ timestamp, of })) }));

describe('matchVerdicts', () => {
  it('takes verdicts in the order of the request, with or without timestamps', () => {
    fc.assert(
      fc.property(calls, ({ seconds, verdicts }) => {
        const bare = verdicts.map(({ of }) => ({ of }));
        expect(matchVerdicts(seconds, verdicts)).toEqual(verdicts);
        expect(matchVerdicts<{ of: number; timestamp?: number }>(seconds, bare)).toEqual(bare);
      }),
    );
  });

  it('goes by the timestamps when the order differs: each scrobble gets one of its own second, none gets lost', () => {
    fc.assert(
      fc.property(
        calls.chain(({ seconds, verdicts }) =>
          fc.record({
            seconds: fc.constant(seconds),
            shuffled: fc.shuffledSubarray(verdicts, { minLength: seconds.length }),
          }),
        ),
        ({ seconds, shuffled }) => {
          const matched = matchVerdicts(seconds, shuffled) ?? [];
          expect(matched.map(({ timestamp }) => timestamp)).toEqual(seconds);
          expect(new Set(matched.map(({ of }) => of)).size).toBe(seconds.length);
        },
      ),
    );
  });

  it('keeps the order of plays of one second', () => {
    const [a, b, c] = [
      { timestamp: 7, of: 'a' },
      { timestamp: 7, of: 'b' },
      { timestamp: 9, of: 'c' },
    ] as const;
    expect(matchVerdicts([9, 7, 7], [a, b, c])).toEqual([c, a, b]);
  });

  it('matches nothing when there are fewer, more, or verdicts about something else', () => {
    fc.assert(
      fc.property(calls, ({ seconds, verdicts }) => {
        expect(matchVerdicts(seconds, verdicts.slice(1))).toBeNull();
        expect(matchVerdicts(seconds, [...verdicts, { timestamp: 1, of: -1 }])).toBeNull();
        expect(matchVerdicts(seconds, [{ timestamp: 1, of: -1 }, ...verdicts.slice(1)])).toBeNull();
      }),
    );
  });
});
