import { Injectable } from '@nestjs/common';

import type { UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { LastfmAccountsService } from '../../lastfm/index.js';
import { DailyBudget } from '../budget/daily-budget.service.js';
import { LedgerMoves } from '../merging/ledger-moves.service.js';
import { DeliveryLanesService, type LockedLane } from './delivery-lanes.service.js';
import type { CallOutcome } from './delivery-outcome.js';
import { DeliveryVerdicts } from './delivery-verdicts.service.js';
import type { LaneLease } from './lane-lease.js';

/** Writes down what became of a call, and gives the lane back. */
@Injectable()
export class DeliverySettlements {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lanes: DeliveryLanesService,
    private readonly budget: DailyBudget,
    private readonly accounts: LastfmAccountsService,
    private readonly moves: LedgerMoves,
    private readonly verdicts: DeliveryVerdicts,
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
      const accepted = await this.verdicts.write(tx, lease, outcome);
      await this.lanes.giveBack(tx, lease, outcome.lane);
      await this.budget.count(tx, lease.userId, accepted);
      await this.learn(tx, lease, outcome);
      await tellOfRefused(tx, lease, outcome);
    } else {
      const accepted = await this.verdicts.write(tx, ...acceptedOnly(lease, outcome));
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

  private async learn(tx: Transaction, { userId, account }: LaneLease, { consequence }: CallOutcome): Promise<void> {
    if (consequence.kind !== 'parked') {
      return;
    }
    const { until, fullDay } = consequence;
    if (fullDay !== null) {
      await this.budget.learn(tx, userId, fullDay);
    }
    const { username } = account;
    await tx.publishDurably('lastfm-account.parked', { userId, username, until: until.toISOString() });
  }
}

/** A scrobble from a voice channel is not sent again by itself: whoever runs the bot is to hear of it. */
async function tellOfRefused(tx: Transaction, lease: LaneLease, outcome: CallOutcome): Promise<void> {
  const refused = lease.deliveries.filter(({ source }, index) => {
    const state = outcome.deliveries[index]?.state;
    return source === 'voice' && (state === 'failed' || state === 'ignored');
  });
  if (refused.length > 0) {
    const scrobbleIds = refused.map(({ scrobbleId }) => scrobbleId);
    await tx.publishDurably('voice-scrobbles.refused', { userId: lease.userId, scrobbleIds });
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
