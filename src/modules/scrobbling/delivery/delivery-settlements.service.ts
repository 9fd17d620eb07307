import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { LastfmAccountsService } from '../../lastfm/index.js';
import { DailyBudget } from '../budget/daily-budget.service.js';
import { LedgerMoves } from '../merging/ledger-moves.service.js';
import { DeliveryLanesService, type LockedLane } from './delivery-lanes.service.js';
import type { CallOutcome } from './delivery-outcome.js';
import { LASTFM } from './delivery-state.js';
import type { LaneLease } from './lane-lease.js';
import { IDLE_PRIORITY, PRIORITY_OF_NEXT } from './lane-priority.js';

/** The states that Last.fm's word of an acceptance is written over; of a call whose lease still holds, `sending` too. */
const OVERRULED = `'queued', 'held', 'cancelled', 'expired', 'failed'`;

/** Writes down what became of a call, and gives the lane back. */
@Injectable()
export class DeliverySettlements {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lanes: DeliveryLanesService,
    private readonly budget: DailyBudget,
    private readonly accounts: LastfmAccountsService,
    private readonly moves: LedgerMoves,
    private readonly clock: Clock,
  ) {}

  /**
   * Two users may have become one during the call: the answer goes where the scrobbles are now.
   * @returns whose they are; null: their user has been deleted
   */
  async settle(called: LaneLease, outcome: CallOutcome): Promise<UserId | null> {
    return this.unitOfWork.run(async (tx) => {
      const lane = await this.lockLane(tx, called.userId);
      if (!lane) {
        return null;
      }
      const lease = { ...called, userId: lane.userId };
      const isMoved = lane.userId !== called.userId;
      await this.write(
        tx,
        lane,
        ...(isMoved && called.purpose === 'verify' ? nothingOf(lease, outcome) : ([lease, outcome] as const)),
      );
      const ids = lease.deliveries.map(({ scrobbleId }) => scrobbleId);
      await tx.updateLive(lease.userId, { kind: 'scrobble', ids });
      return lease.userId;
    });
  }

  private async lockLane(tx: Transaction, userId: UserId): Promise<LockedLane | null> {
    const lanes = await this.lanes.lockExisting(tx, [userId]);
    const moved = lanes.has(userId) ? null : await this.moves.whereIs(tx.manager, userId);
    return moved ? this.lockLane(tx, moved) : (lanes.get(userId) ?? null);
  }

  private async write(tx: Transaction, lane: LockedLane, lease: LaneLease, outcome: CallOutcome): Promise<void> {
    // A lease that ran out may be in other hands by now: then only what Last.fm certainly took may still be written.
    if (lane.leaseId === lease.leaseId) {
      const accepted = await this.settleDeliveries(tx, lease, outcome);
      await this.releaseLane(tx, lease, outcome);
      await this.budget.count(tx, lease.userId, accepted);
      await this.learn(tx, lease, outcome);
    } else {
      const accepted = await this.settleDeliveries(tx, ...acceptedOnly(lease, outcome));
      await this.countIfStillLinked(tx, lease, accepted);
    }
  }

  /** Another account may have taken the place of the one that was called: what that had today is not the other's. */
  private async countIfStillLinked(tx: Transaction, lease: LaneLease, accepted: readonly Date[]): Promise<void> {
    const account = await this.accounts.findWithin(tx.manager, lease.userId);
    if (account?.usernameKey === lease.account.usernameKey) {
      await this.budget.count(tx, lease.userId, accepted);
    }
  }

  private async learn(tx: Transaction, { userId }: LaneLease, { consequence }: CallOutcome): Promise<void> {
    if (consequence.kind === 'parked' && consequence.fullDay !== null) {
      await this.budget.learn(tx, userId, consequence.fullDay);
    }
  }

  /**
   * Last.fm's word is written even where the delivery is no longer `sending`: a scrobble it accepted is accepted, though
   * the user disconnected, the lease ran out or it was given up meanwhile. Anything else is only written over `sending`.
   * @returns when those were sent that are accepted by it
   */
  private async settleDeliveries(
    { manager }: Transaction,
    lease: LaneLease,
    { deliveries, lane }: CallOutcome,
  ): Promise<Date[]> {
    const [rows]: [Array<{ state: string; sent_at: Date }>, number] = await manager.query(
      `update delivery d set state = o.state, reason = o.reason, verdict_code = o.code, verdict_message = o.message,
              corrected = o.corrected,
              next_attempt_at = case when o.state in ('queued', 'sending') then coalesce($10::timestamptz, $8::timestamptz) end,
              settled_at = case when o.state in ('accepted', 'ignored', 'failed') then $8::timestamptz end
         from unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[], $7::jsonb[])
           as o (scrobble_id, state, reason, code, message, corrected)
        where d.user_id = $1 and d.destination = $9 and d.scrobble_id = o.scrobble_id
          and (d.state = 'sending' or (o.state = 'accepted' and d.state in (${OVERRULED})))
        returning d.state, d.sent_at`,
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
    return rows.filter(({ state }) => state === 'accepted').map((row) => row.sent_at);
  }

  /** Only whoever holds the lease gives the lane back. What waits in a parked lane is held with it. */
  private async releaseLane({ manager }: Transaction, lease: LaneLease, { lane }: CallOutcome): Promise<void> {
    if (lane.parkedUntil) {
      await manager.query(
        `update delivery set state = 'held', reason = 'parked', next_attempt_at = $3
          where user_id = $1 and destination = $2 and (state = 'queued' or (state = 'held' and reason = 'parked'))`,
        [lease.userId, LASTFM, lane.parkedUntil],
      );
    }
    await manager.query(
      `update delivery_lane l
          set lease_id = null, leased_until = null, failures = $4, batch_limit = $5, parked_until = $6,
              next_attempt_at = case when next.priority is not null then coalesce($7::timestamptz, $8) end,
              priority = coalesce(next.priority, $9)
         from (${PRIORITY_OF_NEXT}) as next
        where l.user_id = $1 and l.destination = $2 and l.lease_id = $3`,
      [
        lease.userId,
        LASTFM,
        lease.leaseId,
        lane.failures,
        lane.batchLimit,
        lane.parkedUntil,
        lane.nextAttemptAt,
        this.clock.now(),
        IDLE_PRIORITY,
      ],
    );
  }
}

/** The part of a call's outcome that is true whoever holds the lane. */
function acceptedOnly(lease: LaneLease, outcome: CallOutcome): [LaneLease, CallOutcome] {
  const isAccepted = (index: number): boolean => outcome.deliveries[index]?.state === 'accepted';
  return [
    { ...lease, deliveries: lease.deliveries.filter((_, index) => isAccepted(index)) },
    { ...outcome, deliveries: outcome.deliveries.filter((_, index) => isAccepted(index)) },
  ];
}

/** What was looked up is compared with the ledger; one that moved meanwhile was another one, so it is looked up again. */
function nothingOf(lease: LaneLease, outcome: CallOutcome): [LaneLease, CallOutcome] {
  return [
    { ...lease, deliveries: [] },
    { ...outcome, deliveries: [] },
  ];
}
