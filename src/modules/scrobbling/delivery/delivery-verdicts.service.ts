import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { ScrobbleId, UserId } from '../../../common/ids.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import { ReleasedDuplicates } from '../ledger/released-duplicates.js';
import type { CallOutcome } from './delivery-outcome.js';
import { LASTFM } from './delivery-state.js';
import type { LaneLease } from './lane-lease.js';

/** The states that Last.fm's word of an acceptance is written over; of a call whose lease still holds, `sending` too. */
const OVERRULED = `'queued', 'held', 'cancelled', 'expired', 'failed'`;

interface Settled {
  scrobble_id: ScrobbleId;
  state: string;
  sent_at: Date;
}

/** Writes to each delivery of a call what became of it. The lane must be locked. */
@Injectable()
export class DeliveryVerdicts {
  constructor(
    private readonly released: ReleasedDuplicates,
    private readonly clock: Clock,
  ) {}

  /**
   * Last.fm's word is written even where the delivery is no longer `sending`: a scrobble it accepted is accepted, though
   * the user disconnected, the lease ran out or it was given up meanwhile. Anything else is only written over `sending`.
   * @returns when those were sent that are accepted by it
   */
  async write(tx: Transaction, lease: LaneLease, { deliveries, lane }: CallOutcome): Promise<Date[]> {
    const [rows]: [Settled[], number] = await tx.manager.query(
      `update delivery d set state = o.state, reason = o.reason, verdict_code = o.code, verdict_message = o.message,
              corrected = o.corrected,
              next_attempt_at = case when o.state in ('queued', 'sending') then coalesce($10::timestamptz, $8::timestamptz) end,
              settled_at = case when o.state in ('accepted', 'ignored', 'failed') then $8::timestamptz end
         from unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[], $7::jsonb[])
           as o (scrobble_id, state, reason, code, message, corrected)
        where d.user_id = $1 and d.destination = $9 and d.scrobble_id = o.scrobble_id
          and (d.state = 'sending' or (o.state = 'accepted' and d.state in (${OVERRULED})))
        returning d.scrobble_id, d.state, d.sent_at`,
      [
        lease.userId,
        lease.deliveries.map(({ scrobbleId }) => scrobbleId),
        deliveries.map(({ state }) => state),
        deliveries.map(({ reason }) => reason),
        deliveries.map(({ verdict }) => verdict?.code ?? null),
        deliveries.map(({ verdict }) => verdict?.message ?? null),
        deliveries.map(({ verdict }) => (verdict?.corrected ? JSON.stringify(verdict.corrected) : null)),
        this.clock.now(),
        LASTFM,
        lane.nextAttemptAt,
      ],
    );
    await this.releaseBehindFailed(tx, lease.userId, rows);
    return rows.filter(({ state }) => state === 'accepted').map((row) => row.sent_at);
  }

  /** What was kept back as a duplicate of one that failed is a play that has not arrived. */
  private async releaseBehindFailed(tx: Transaction, userId: UserId, settled: readonly Settled[]): Promise<void> {
    const failed = settled.filter(({ state }) => state === 'failed').map((row) => row.scrobble_id);
    if (failed.length > 0) {
      await this.released.releaseOfFailed(tx, userId, failed);
    }
  }
}
