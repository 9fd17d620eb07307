import { Injectable, Logger } from '@nestjs/common';

import { DataSource } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import {
  CallBudget,
  type CallPermit,
  LastfmCallError,
  LastfmClient,
  LastfmUnavailableError,
  type RecentTrack,
} from '../../lastfm/index.js';
import { type CallOutcome, isGivenUp, outcomeOfFailure, type SettledDelivery } from './delivery-outcome.js';
import { LASTFM } from './delivery-state.js';
import type { LaneLease, LeasedDelivery } from './lane-lease.js';
import { findLanded } from './recent-track-match.js';

/** The profile is private even to us: it cannot be looked up. */
const LOGIN_REQUIRED = 17;
/** The recent tracks may show a scrobble late, above all while Last.fm has trouble. Only then are they proof that it is not there. */
const PROOF_AFTER_SECONDS = 2 * 60;
/** So many pages of recent tracks are read for one look-up; of a longer span only the first part is looked up. */
const MOST_PAGES = 3;
/** A look-up that Last.fm still refuses when the call is this old will not be allowed either: nothing is learnt by waiting. */
const GIVE_UP_AFTER_MS = 3600 * 1000;
/** No call of a look-up begins later than this, so that the last one ends before the lease does. */
const LAST_CALL_MS = 20_000;

const uts = (date: Date): number => Math.floor(date.getTime() / 1000);

interface Access {
  username: string;
  sessionKey: string;
}

/** The first plays of a lease that were looked up together, and what was there. */
interface LookedUp {
  part: readonly LeasedDelivery[];
  recent: RecentTrack[];
}

/**
 * Deliveries whose call broke off without an answer, or whose process died: they may have landed. They are looked up in
 * the account's recent tracks before anything is sent again, so that nothing is lost and nothing is doubled.
 */
@Injectable()
export class UncertainDeliveries {
  private readonly logger = new Logger(UncertainDeliveries.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly client: LastfmClient,
    private readonly callBudget: CallBudget,
    private readonly clock: Clock,
  ) {}

  /** Looks up as many of the plays, oldest first, as a few pages tell of; the others stay uncertain for the next lease. */
  async lookUp(lease: LaneLease, access: Access, permit: CallPermit): Promise<CallOutcome> {
    const askedAt = this.clock.now();
    try {
      const { part, recent } = await this.readFirstPart(lease.deliveries, access, this.permitsFrom(permit));
      return this.known(lease, findLanded(part, recent, await this.findSettled(lease.userId, part)), askedAt);
    } catch (error) {
      if (error instanceof LastfmUnavailableError) {
        return this.unknown(lease, new LastfmCallError('not-sent', null, error.message));
      }
      if (!(error instanceof LastfmCallError)) {
        throw error;
      }
      this.logger.warn(`Looking up ${lease.deliveries.length} scrobbles of ${lease.userId}: ${error.message}`);
      return this.unknown(lease, error);
    }
  }

  /** Halves the span until it fits. Plays of one second stay together: they are told apart by their names. */
  private async readFirstPart(
    deliveries: readonly LeasedDelivery[],
    access: Access,
    permits: () => Promise<CallPermit>,
  ): Promise<LookedUp> {
    const from = Math.min(...deliveries.map(({ playedAt }) => uts(playedAt)));
    let part = deliveries;
    for (;;) {
      const to = Math.max(...part.map(({ playedAt }) => uts(playedAt)));
      const mostPages = to === from ? Infinity : MOST_PAGES;
      const recent = await this.client.getRecentTracks(permits, access, from, to, mostPages);
      if (recent) {
        return { part, recent };
      }
      const middle = from + Math.floor((to - from) / 2);
      part = part.filter(({ playedAt }) => uts(playedAt) <= middle);
    }
  }

  /** The first call has its permit already. */
  private permitsFrom(permit: CallPermit): () => Promise<CallPermit> {
    const startedAt = this.clock.now().getTime();
    let first: CallPermit | undefined = permit;
    return async () => {
      const next = first ?? (await this.callBudget.acquire());
      first = undefined;
      if (this.clock.now().getTime() > startedAt + LAST_CALL_MS) {
        throw new LastfmUnavailableError();
      }
      return next;
    };
  }

  /** What of this account was accepted in those seconds already, by the names Last.fm gave it. */
  private findSettled(userId: UserId, deliveries: readonly LeasedDelivery[]): Promise<RecentTrack[]> {
    return this.dataSource.query(
      `select coalesce(d.corrected ->> 'artist', s.artist) as artist, coalesce(d.corrected ->> 'title', s.title) as title,
              extract(epoch from date_trunc('second', s.played_at))::float as uts
         from scrobble s join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id and d.destination = $2
        where s.user_id = $1 and d.state = 'accepted' and s.played_at = any($3::timestamptz[])`,
      [userId, LASTFM, deliveries.map(({ playedAt }) => playedAt)],
    );
  }

  /**
   * @param landed of the first deliveries of the lease; the others have not been looked up
   * @param askedAt an answer tells of that moment, however long it took
   */
  private known(lease: LaneLease, landed: ReadonlyArray<RecentTrack | null>, askedAt: Date): CallOutcome {
    const proofAt = ({ sentAt }: LeasedDelivery): Date => new Date(sentAt.getTime() + PROOF_AFTER_SECONDS * 1000);
    const again = lease.deliveries
      .filter((delivery, index) => landed[index] === null && proofAt(delivery) > askedAt)
      .map(proofAt);
    const deliveries = lease.deliveries.map((delivery, index) => {
      const track = landed[index];
      if (track) {
        return landedAs(delivery, track);
      }
      return track === undefined || proofAt(delivery) > askedAt
        ? UNCERTAIN
        : notLanded(lease, delivery, 'not_in_recent_tracks');
    });
    return this.outcome(lease, deliveries, 0, again[0] ?? this.clock.now());
  }

  /**
   * Whatever went wrong with the look-up, the deliveries stay uncertain, unless they can never be looked up: the profile
   * is private, or Last.fm refuses the request itself (no such user, for instance) an hour after the call still.
   */
  private unknown(lease: LaneLease, error: LastfmCallError): CallOutcome {
    const now = this.clock.now();
    const isHopeless = ({ sentAt }: LeasedDelivery): boolean =>
      error.code === LOGIN_REQUIRED ||
      (error.failure === 'refused' && sentAt.getTime() <= now.getTime() - GIVE_UP_AFTER_MS);
    const deliveries = lease.deliveries.map((delivery) =>
      isHopeless(delivery) ? notLanded(lease, delivery, 'cannot_be_looked_up') : UNCERTAIN,
    );
    if (lease.deliveries.every(isHopeless)) {
      return this.outcome(lease, deliveries, lease.failures, now);
    }
    const { lane, consequence } = outcomeOfFailure(
      new LastfmCallError(error.failure === 'refused' ? 'uncertain' : error.failure, error.code, error.message),
      { ...lease, retriesVoice: lease.account.retriesVoice, calledAt: now, now },
    );
    return { deliveries, lane, consequence };
  }

  private outcome(
    { batchLimit }: LaneLease,
    deliveries: SettledDelivery[],
    failures: number,
    nextAttemptAt: Date,
  ): CallOutcome {
    return {
      deliveries,
      lane: { failures, batchLimit, nextAttemptAt, parkedUntil: null },
      consequence: { kind: 'none' },
    };
  }
}

const UNCERTAIN: SettledDelivery = { state: 'sending', reason: 'uncertain', verdict: null };

/** The names it has at Last.fm are kept: they tell it apart from what else began in that second. */
function landedAs({ artist, title }: LeasedDelivery, track: RecentTrack): SettledDelivery {
  const corrected = {
    ...(track.artist !== artist && { artist: track.artist }),
    ...(track.title !== title && { title: track.title }),
  };
  const isCorrected = Object.keys(corrected).length > 0;
  return {
    state: 'accepted',
    reason: null,
    verdict: { code: 0, message: 'Found in the recent tracks', corrected: isCorrected ? corrected : null },
  };
}

type NotLandedReason = 'not_in_recent_tracks' | 'cannot_be_looked_up';

function notLanded({ account }: LaneLease, { source }: LeasedDelivery, reason: NotLandedReason): SettledDelivery {
  return { state: isGivenUp(source, account) ? 'failed' : 'queued', reason, verdict: null };
}
