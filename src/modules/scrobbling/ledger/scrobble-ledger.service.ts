import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import { groupBy } from '../../../common/collections/group-by.js';
import { newId, type ScrobbleId, type UserId } from '../../../common/ids.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import { LastfmAccountsService, type LastfmAccountState } from '../../lastfm/index.js';
import { DeliveryLanesService, type LockedLane } from '../delivery/delivery-lanes.service.js';
import type { DeliveryReason } from '../delivery/delivery-reason.js';
import { DELIVERABLE_MS, type DeliveryState } from '../delivery/delivery-state.js';
import { PRIORITY } from '../delivery/lane-priority.js';
import { DuplicateFinder } from './duplicate-finder.js';
import { LedgerWriter, type NewEntry } from './ledger-writer.js';
import type { Play } from './play.js';
import { waitingState } from './waiting-state.js';

interface FirstState {
  state: DeliveryState;
  reason: DeliveryReason | null;
  nextAttemptAt: Date | null;
  duplicateOf: ScrobbleId | null;
}

/** Where every scrobble begins, whatever it comes from. */
@Injectable()
export class ScrobbleLedger {
  constructor(
    private readonly lanes: DeliveryLanesService,
    private readonly accounts: LastfmAccountsService,
    private readonly duplicates: DuplicateFinder,
    private readonly writer: LedgerWriter,
    private readonly clock: Clock,
  ) {}

  /** Makes these users' accounts stay as they are until the transaction ends, so that they can be looked at before `record`. */
  async lock(tx: Transaction, userIds: readonly UserId[]): Promise<void> {
    await this.lanes.lock(tx, userIds);
  }

  /**
   * Records plays and queues their deliveries, in the caller's transaction: after its commit they are never lost. The
   * lanes of the accounts are locked first, so two callers with the same play make one scrobble and one duplicate.
   * @returns the new ids, in the order given
   */
  async record(tx: Transaction, plays: readonly Play[]): Promise<ScrobbleId[]> {
    const userIds = [...new Set(plays.map(({ userId }) => userId))];
    const lanes = await this.lanes.lock(tx, userIds);
    const accountStates = await this.accounts.findStates(tx.manager, userIds);
    const ids = plays.map(() => newId() as ScrobbleId);
    const originals = await this.duplicates.find(tx.manager, plays, ids);
    const entries = plays.map((play, index): NewEntry => {
      const [id, duplicateOf] = [ids[index], originals[index]];
      if (id === undefined) {
        throw new Error('There is an id for every play.');
      }
      const first = this.firstState(play, duplicateOf ?? null, accountStates.get(play.userId), lanes.get(play.userId));
      return { id, play, ...first };
    });
    await this.writer.write(tx.manager, entries);
    await this.announce(tx, entries);
    return ids;
  }

  private firstState(
    { playedAt, keptBecause }: Play,
    duplicateOf: ScrobbleId | null,
    account: LastfmAccountState | undefined,
    lane: LockedLane | undefined,
  ): FirstState {
    const now = this.clock.now();
    if (duplicateOf !== null) {
      return { state: 'duplicate', reason: 'same_play', nextAttemptAt: null, duplicateOf };
    }
    if (playedAt.getTime() <= now.getTime() - DELIVERABLE_MS) {
      return { state: 'archived', reason: 'older_than_14_days', nextAttemptAt: null, duplicateOf };
    }
    if (keptBecause !== undefined) {
      return { state: 'archived', reason: keptBecause, nextAttemptAt: null, duplicateOf };
    }
    return { ...waitingState(account, lane?.parkedUntil, now), duplicateOf };
  }

  private async announce(tx: Transaction, entries: readonly NewEntry[]): Promise<void> {
    const due = entries.filter(({ state, nextAttemptAt }) => state === 'queued' || nextAttemptAt !== null);
    if (due.length > 0) {
      const mostUrgentLast = due.sort((one, other) => PRIORITY[other.play.source] - PRIORITY[one.play.source]);
      await this.lanes.markDue(tx, new Map(mostUrgentLast.map(({ play }) => [play.userId, play.source])));
    }
    const recorded = groupBy(entries, ({ play }) => play.userId);
    await tx.updateLiveOfMany(
      [...recorded].map(([userId, of]) => ({ userId, update: { kind: 'scrobble', ids: of.map(({ id }) => id) } })),
    );
  }
}
