import fc from 'fast-check';

import { LastfmCallError, type LastfmFailure } from '../../lastfm/index.js';
import { SCROBBLE_SOURCES } from '../ledger/play.js';
import { type CallOutcome, type LaneBefore, outcomeOfFailure, outcomeOfVerdicts } from './delivery-outcome.js';
import { REASONS } from './delivery-reason.js';
import { BATCH_MAX, DELIVERABLE_MS, TRANSITIONS } from './delivery-state.js';

const NOW = new Date('2026-01-15T12:00:00Z');
const MIDNIGHT = new Date('2026-01-16T00:00:00Z');
const FAILURES: LastfmFailure[] = [
  'key-rejected',
  'operator',
  'rate-limited',
  'parked',
  'not-sent',
  'uncertain',
  'refused',
];

const delivery = fc.record({
  source: fc.constantFrom(...SCROBBLE_SOURCES),
  playedAt: fc.integer({ min: 0, max: DELIVERABLE_MS }).map((age) => new Date(NOW.getTime() - age)),
});
const lane: fc.Arbitrary<LaneBefore> = fc.record({
  deliveries: fc.array(delivery, { minLength: 1, maxLength: BATCH_MAX }),
  failures: fc.nat(50),
  batchLimit: fc.integer({ min: 1, max: BATCH_MAX }),
  retriesVoice: fc.boolean(),
  calledAt: fc.integer({ min: 0, max: 30 }).map((seconds) => new Date(NOW.getTime() - seconds * 1000)),
  now: fc.constant(NOW),
});
const failure = fc
  .record({ means: fc.constantFrom(...FAILURES), code: fc.option(fc.nat(40), { nil: null }) })
  .map(({ means, code }) => new LastfmCallError(means, code, 'So it is'));
const codes = (count: number) =>
  fc.array(fc.constantFrom(0, 0, 0, 1, 2, 3, 4, 5, 91, 7, 1000), { minLength: count, maxLength: count });
const verdictOf = (code: number) => ({ code, message: `Code ${code}`, corrected: null });
const answered = lane.chain((before) =>
  codes(before.deliveries.length).map((all) => ({ before, verdicts: all.map(verdictOf) })),
);

const expectSound = ({ deliveries, lane: after }: CallOutcome, { deliveries: sent, now }: LaneBefore): void => {
  expect(deliveries).toHaveLength(sent.length);
  for (const { state, reason } of deliveries) {
    expect(state === 'sending' || TRANSITIONS.sending.includes(state)).toBe(true);
    expect(reason === null || (REASONS[state] as readonly string[]).includes(reason)).toBe(true);
  }
  expect(after.batchLimit).toBeGreaterThanOrEqual(1);
  expect(after.batchLimit).toBeLessThanOrEqual(BATCH_MAX);
  expect(after.nextAttemptAt === null || after.nextAttemptAt >= now).toBe(true);
  expect(deliveries.some(({ reason }) => reason === 'parked')).toBe(after.parkedUntil !== null);
};

describe('what becomes of the deliveries of a call', () => {
  it('is one state and a reason that fits it for each, and a lane that goes on, whatever Last.fm says', () => {
    fc.assert(
      fc.property(answered, ({ before, verdicts }) => {
        expectSound(outcomeOfVerdicts(verdicts, before), before);
      }),
    );
  });

  it('is so whatever goes wrong', () => {
    fc.assert(
      fc.property(lane, failure, (before, error) => {
        expectSound(outcomeOfFailure(error, before), before);
      }),
    );
  });

  it('follows the verdict of each item in order, and no other', () => {
    fc.assert(
      fc.property(answered, ({ before, verdicts }) => {
        const { deliveries } = outcomeOfVerdicts(verdicts, before);
        expect(deliveries.map(({ verdict }) => verdict)).toEqual(verdicts);
        deliveries.forEach(({ state }, index) => {
          const code = verdicts[index]?.code;
          expect(state).toBe(code === 0 || code === 91 ? 'accepted' : code === 5 ? 'held' : 'ignored');
        });
      }),
    );
  });

  it('is doubt exactly where the call may have had its effect', () => {
    fc.assert(
      fc.property(lane, failure, (before, error) => {
        const states = new Set(outcomeOfFailure(error, before).deliveries.map(({ state }) => state));
        expect(states.has('sending')).toBe(error.failure === 'uncertain');
        if (error.failure === 'uncertain') {
          expect([...states]).toEqual(['sending']);
        }
      }),
    );
  });

  it('is never the failure of a whole batch: one that is refused is sent in halves', () => {
    fc.assert(
      fc.property(lane, failure, (before, error) => {
        const { deliveries, lane: after } = outcomeOfFailure(error, before);
        const byHand = deliveries.filter((_, index) => before.deliveries[index]?.source !== 'voice');
        if (before.deliveries.length > 1) {
          expect(byHand.every(({ state }) => state !== 'failed')).toBe(true);
        }
        if (error.failure === 'refused') {
          expect(after.batchLimit).toBe(Math.max(1, Math.ceil(before.deliveries.length / 2)));
        }
      }),
    );
  });

  it('finds the culprit of 50 in 7 calls, and goes on with as many as it can', () => {
    const calls: number[] = [];
    let limit = BATCH_MAX;
    while (calls.at(-1) !== 1) {
      calls.push(limit);
      limit = after('refused', { count: limit }).lane.batchLimit;
    }
    expect(calls).toEqual([50, 25, 13, 7, 4, 2, 1]);
    expect(outcomeOfVerdicts([verdictOf(0)], one()).lane.batchLimit).toBe(BATCH_MAX);
  });
});

describe('a refusal for the day', () => {
  const refusedAt = (calledAt: string, now = calledAt) => {
    const before = { ...one(), calledAt: new Date(calledAt), now: new Date(now) };
    const { lane: after, consequence } = outcomeOfVerdicts([verdictOf(5)], before);
    return { parkedUntil: after.parkedUntil?.toISOString(), fullDay: 'fullDay' in consequence && consequence.fullDay };
  };

  it('parks the account until the next UTC day', () => {
    expect(refusedAt('2026-01-15T23:59:58Z')).toEqual({
      parkedUntil: '2026-01-16T00:00:00.000Z',
      fullDay: '2026-01-15',
    });
  });

  it('is about the day on which it was asked, though its answer comes after midnight', () => {
    expect(refusedAt('2026-01-15T23:59:58Z', '2026-01-16T00:00:03Z')).toEqual({
      parkedUntil: '2026-01-16T00:00:03.000Z',
      fullDay: '2026-01-15',
    });
  });

  it('soon after midnight may still be about the day before: nothing is learned, and it is asked again soon', () => {
    expect(refusedAt('2026-01-16T00:00:00Z')).toEqual({ parkedUntil: '2026-01-16T00:30:00.000Z', fullDay: null });
    expect(refusedAt('2026-01-16T00:59:59Z')).toEqual({ parkedUntil: '2026-01-16T01:29:59.000Z', fullDay: null });
    expect(refusedAt('2026-01-16T01:00:00Z')).toEqual({
      parkedUntil: '2026-01-17T00:00:00.000Z',
      fullDay: '2026-01-16',
    });
  });
});

const one = (source: LaneBefore['deliveries'][number]['source'] = 'manual', age = 0): LaneBefore => ({
  deliveries: [{ source, playedAt: new Date(NOW.getTime() - age) }],
  failures: 2,
  batchLimit: BATCH_MAX,
  retriesVoice: false,
  calledAt: NOW,
  now: NOW,
});
const after = (means: LastfmFailure, { count = 1 } = {}): CallOutcome =>
  outcomeOfFailure(new LastfmCallError(means, null, 'So it is'), {
    ...one(),
    deliveries: Array.from({ length: count }, () => ({ source: 'manual', playedAt: NOW })),
  });

/** Backoff after the third failure in a row: 5 s, 10 s, 20 s. */
const THIRD = new Date(NOW.getTime() + 20_000);

describe('the rows of the matrix', () => {
  it.each([
    { means: 'key-rejected', state: 'queued', reason: null, next: NOW, then: 'reject-key' },
    { means: 'operator', state: 'queued', reason: 'operator', next: NOW, then: 'none' },
    { means: 'rate-limited', state: 'queued', reason: 'rate_limited', next: NOW, then: 'none' },
    { means: 'parked', state: 'held', reason: 'parked', next: MIDNIGHT, then: 'parked' },
    { means: 'not-sent', state: 'queued', reason: 'lastfm_unavailable', next: THIRD, then: 'none' },
    { means: 'uncertain', state: 'sending', reason: 'uncertain', next: THIRD, then: 'none' },
    { means: 'refused', state: 'failed', reason: 'refused_by_lastfm', next: NOW, then: 'none' },
  ] as const)('$means: $state ($reason)', ({ means, state, reason, next, then }) => {
    const { deliveries, lane: lanes, consequence } = after(means);
    expect(deliveries).toMatchObject([{ state, reason }]);
    expect(lanes.nextAttemptAt).toEqual(next);
    expect(consequence.kind).toBe(then);
  });

  it.each([
    { code: 0, state: 'accepted', reason: null },
    { code: 91, state: 'accepted', reason: null },
    { code: 1, state: 'ignored', reason: 'artist_filtered' },
    { code: 2, state: 'ignored', reason: 'track_filtered' },
    { code: 3, state: 'ignored', reason: 'timestamp_too_old' },
    { code: 4, state: 'ignored', reason: 'timestamp_too_new' },
    { code: 5, state: 'held', reason: 'parked' },
    { code: 6, state: 'ignored', reason: 'ignored_by_lastfm' },
  ])('ignored code $code: $state ($reason)', ({ code, state, reason }) => {
    expect(outcomeOfVerdicts([verdictOf(code)], one()).deliveries).toMatchObject([{ state, reason }]);
  });

  it.each([
    { days: 12, reason: 'artist_filtered' },
    { days: 13, reason: 'timestamp_too_old' },
    { days: 14, reason: 'timestamp_too_old' },
  ])('takes "artist filtered" of a play of $days days ago for $reason, and keeps the code', ({ days, reason }) => {
    const { deliveries } = outcomeOfVerdicts([verdictOf(1)], one('import', days * 86_400_000));
    expect(deliveries).toMatchObject([{ state: 'ignored', reason, verdict: { code: 1 } }]);
  });

  it('does not wait less after the first doubt than the recent tracks may lag', () => {
    const { lane: lanes } = outcomeOfFailure(new LastfmCallError('uncertain', 8, ''), { ...one(), failures: 0 });
    expect(lanes.nextAttemptAt).toEqual(new Date(NOW.getTime() + 20_000));
  });

  it.each(['not-sent', 'rate-limited'] as const)('does not send voice again by itself after %s', (means) => {
    const { deliveries } = outcomeOfFailure(new LastfmCallError(means, null, 'So it is'), one('voice'));
    expect(deliveries).toMatchObject([{ state: 'failed', verdict: { message: 'So it is' } }]);
  });

  it.each(['not-sent', 'rate-limited', 'refused'] as const)(
    'does with voice after %s as with everything else for whoever wants it so',
    (means) => {
      const error = new LastfmCallError(means, null, 'So it is');
      const voice = outcomeOfFailure(error, { ...one('voice'), retriesVoice: true });
      expect(voice).toEqual(outcomeOfFailure(error, one('manual')));
    },
  );

  it.each(['key-rejected', 'operator', 'parked', 'uncertain'] as const)('keeps voice after %s', (means) => {
    const { deliveries } = outcomeOfFailure(new LastfmCallError(means, null, ''), one('voice'));
    expect(deliveries[0]?.state).not.toBe('failed');
  });
});
