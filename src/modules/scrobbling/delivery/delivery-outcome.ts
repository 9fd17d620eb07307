import {
  type LastfmAccount,
  type LastfmCallError,
  type LastfmFailure,
  meaningOfVerdict,
  type ScrobbleVerdict,
} from '../../lastfm/index.js';
import { nextUtcMidnight, utcDay, type UtcDay } from '../budget/utc-day.js';
import type { ScrobbleSource } from '../ledger/play.js';
import { backoffSeconds } from './backoff.js';
import type { DeliveryReason } from './delivery-reason.js';
import { BATCH_MAX, DELIVERABLE_MS, type DeliveryState } from './delivery-state.js';

/** What becomes of one delivery after a call. */
export interface SettledDelivery {
  state: DeliveryState;
  reason: DeliveryReason | null;
  verdict: { code: number | null; message: string; corrected: ScrobbleVerdict['corrected'] } | null;
}

/** What becomes of the lane. */
export interface LaneAfterwards {
  failures: number;
  batchLimit: number;
  /** Null: as soon as something waits. */
  nextAttemptAt: Date | null;
  parkedUntil: Date | null;
}

/** What has to happen to the account beyond its queue. What stops everyone is seen to where the call is made. */
type Consequence =
  | { kind: 'none' }
  | { kind: 'reject-key' }
  /** Last.fm takes no more of this account's scrobbles until then; `fullDay` is the day that is full, where that is sure. */
  | { kind: 'parked'; until: Date; fullDay: UtcDay | null };

export interface CallOutcome {
  deliveries: SettledDelivery[];
  lane: LaneAfterwards;
  consequence: Consequence;
}

/** Where a lane stands when the call is made. */
export interface LaneBefore {
  /** In the order of the call. */
  deliveries: ReadonlyArray<{ source: ScrobbleSource; playedAt: Date }>;
  failures: number;
  batchLimit: number;
  /** Their user wants voice scrobbles to be sent again by themselves, too. */
  retriesVoice: boolean;
  /** When the call was made, and when its answer was there. */
  calledAt: Date;
  now: Date;
}

/** So soon after UTC midnight a refusal may still be about the day before: clocks differ, and Last.fm's day may too. */
const DAY_MAY_LAG_MS = 3600 * 1000;
const PARKED_EARLY_SECONDS = 30 * 60;
/** Scrobbles that were taken in spite of an error take a moment to show up in the recent tracks. */
const BEFORE_LOOKING_UP_SECONDS = 20;
/** From this age on Last.fm's "artist filtered" most likely means that the play is too old; it has said so before. */
const LIKELY_TOO_OLD_MS = DELIVERABLE_MS - 24 * 3600 * 1000;

const later = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);

/**
 * What each failure makes of the deliveries of its call. What certainly had no effect goes back into the queue; what
 * may have had one stays `sending` until it has been looked up.
 * @see docs/adr/0005-uncertain-outcomes.md
 */
const AFTER_FAILURE: Record<LastfmFailure, { state: DeliveryState; reason: DeliveryReason | null }> = {
  'key-rejected': { state: 'queued', reason: null }, // The account is marked rejected next, and that holds them.
  operator: { state: 'queued', reason: 'operator' },
  'rate-limited': { state: 'queued', reason: 'rate_limited' },
  parked: { state: 'held', reason: 'parked' },
  'not-sent': { state: 'queued', reason: 'lastfm_unavailable' },
  uncertain: { state: 'sending', reason: 'uncertain' },
  refused: { state: 'failed', reason: 'refused_by_lastfm' },
};
/** After these a voice scrobble is not sent again by itself, unless its user wants it so: its moment has passed. */
const PASSING: ReadonlySet<LastfmFailure> = new Set(['not-sent', 'rate-limited']);

/**
 * Last.fm answered: one verdict an item. An ignored scrobble is not a failed one, and is never sent again by itself.
 * @param verdicts as many as there are deliveries, in their order
 */
export function outcomeOfVerdicts(verdicts: readonly ScrobbleVerdict[], before: LaneBefore): CallOutcome {
  const deliveries = before.deliveries.map((delivery, index) => settled(verdicts[index], delivery, before.now));
  const lane = { failures: 0, batchLimit: BATCH_MAX, nextAttemptAt: null, parkedUntil: null };
  return deliveries.some(({ reason }) => reason === 'parked')
    ? { deliveries, ...parking(lane, before) }
    : { deliveries, lane, consequence: { kind: 'none' } };
}

function settled(
  verdict: ScrobbleVerdict | undefined,
  { playedAt }: LaneBefore['deliveries'][number],
  now: Date,
): SettledDelivery {
  if (!verdict) {
    throw new Error('There is a verdict for every delivery.');
  }
  const { means, reason } = meaningOfVerdict(verdict.code);
  switch (means) {
    case 'accepted':
      return { state: 'accepted', reason: null, verdict };
    case 'parked':
      return { state: 'held', reason, verdict };
    case 'ignored': {
      const isLikelyTooOld = reason === 'artist_filtered' && now.getTime() - playedAt.getTime() >= LIKELY_TOO_OLD_MS;
      return { state: 'ignored', reason: isLikelyTooOld ? 'timestamp_too_old' : reason, verdict };
    }
  }
}

/** Whether what did not arrive waits for a person's word: the moment of a voice scrobble has passed. */
export function isGivenUp(source: ScrobbleSource, { retriesVoice }: Pick<LastfmAccount, 'retriesVoice'>): boolean {
  return source === 'voice' && !retriesVoice;
}

/** The call failed, and with it perhaps all that it carried. */
export function outcomeOfFailure(error: LastfmCallError, before: LaneBefore): CallOutcome {
  const { now, deliveries, batchLimit } = before;
  const failures = before.failures + 1;
  const verdict = { code: error.code, message: error.message, corrected: null };
  const { state, reason } = AFTER_FAILURE[error.failure];
  const settledAs = ({ source }: { source: ScrobbleSource }): SettledDelivery =>
    isGivenUp(source, before) && PASSING.has(error.failure)
      ? { state: 'failed', reason, verdict }
      : { state, reason, verdict };
  const all = deliveries.map(settledAs);
  // Whoever looks for a culprit goes on where it was.
  const lane = { failures, batchLimit, nextAttemptAt: now, parkedUntil: null };
  const none: Consequence = { kind: 'none' };
  switch (error.failure) {
    case 'key-rejected':
      return { deliveries: all, lane, consequence: { kind: 'reject-key' } };
    case 'operator':
    case 'rate-limited': // All traffic is halted; nobody's failure, so nobody waits longer than that.
      return { deliveries: all, lane: { ...lane, failures: before.failures }, consequence: none };
    case 'parked':
      return { deliveries: all, ...parking({ ...lane, failures: 0 }, before) };
    case 'not-sent':
      return {
        deliveries: all,
        lane: { ...lane, nextAttemptAt: later(now, backoffSeconds(failures)) },
        consequence: none,
      };
    case 'uncertain':
      return {
        deliveries: all,
        lane: { ...lane, nextAttemptAt: later(now, Math.max(BEFORE_LOOKING_UP_SECONDS, backoffSeconds(failures))) },
        consequence: none,
      };
    case 'refused':
      return { ...afterRefusal(all, before), consequence: none };
  }
}

/**
 * Last.fm does not want the request. One bad item refuses a whole batch, so a batch is halved until the culprit stands
 * alone; only then is it failed. The next call then carries one, too: where one is refused the neighbour often is.
 */
function afterRefusal(
  all: SettledDelivery[],
  { deliveries, failures, now }: LaneBefore,
): Omit<CallOutcome, 'consequence'> {
  const isBatch = deliveries.length > 1;
  return {
    deliveries: isBatch ? all.map(({ verdict }) => ({ state: 'queued', reason: 'looking_for_culprit', verdict })) : all,
    lane: {
      failures: isBatch ? failures : 0,
      batchLimit: isBatch ? Math.ceil(deliveries.length / 2) : 1,
      nextAttemptAt: now,
      parkedUntil: null,
    },
  };
}

function parking(lane: LaneAfterwards, { calledAt, now }: LaneBefore): Omit<CallOutcome, 'deliveries'> {
  const fullDay = utcDay(calledAt);
  const isEarly = calledAt.getTime() - Date.parse(fullDay) < DAY_MAY_LAG_MS;
  const end = isEarly ? later(now, PARKED_EARLY_SECONDS) : nextUtcMidnight(calledAt);
  const until = end > now ? end : now;
  return {
    lane: { ...lane, nextAttemptAt: until, parkedUntil: until },
    consequence: { kind: 'parked', until, fullDay: isEarly ? null : fullDay },
  };
}
