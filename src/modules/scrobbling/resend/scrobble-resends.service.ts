import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { ScrobbleId, UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { LastfmAccountsService } from '../../lastfm/index.js';
import { DeliveryLanesService } from '../delivery/delivery-lanes.service.js';
import { PRIORITY } from '../delivery/lane-priority.js';
import { DuplicateFinder } from '../ledger/duplicate-finder.js';
import type { ScrobbleSource } from '../ledger/play.js';
import { waitingState } from '../ledger/waiting-state.js';
import {
  SamePlayScrobbledError,
  ScrobbleNotFoundError,
  ScrobbleNotResendableError,
  ScrobbleTooOldError,
} from '../scrobbling.errors.js';
import { corrected, type EndedScrobble, isResendable, type NamesCorrection } from './ended-scrobble.js';
import { ResendWriter, type RetryFilter } from './resend-writer.js';

export interface RetryResult {
  resent: number;
  tooOld: number;
  duplicates: number;
}

/** Sends again what did not arrive, as long as Last.fm would still take it. */
@Injectable()
export class ScrobbleResends {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lanes: DeliveryLanesService,
    private readonly accounts: LastfmAccountsService,
    private readonly duplicates: DuplicateFinder,
    private readonly writer: ResendWriter,
    private readonly clock: Clock,
  ) {}

  /**
   * Queues one scrobble again, with its names corrected where the person says so.
   * @throws ScrobbleNotFoundError, ScrobbleNotResendableError, ScrobbleTooOldError, SamePlayScrobbledError
   */
  async resend(userId: UserId, id: ScrobbleId, correction: NamesCorrection): Promise<void> {
    await this.unitOfWork.run((tx) => this.resendWithin(tx, userId, id, correction));
  }

  /** The same in the caller's transaction. */
  async resendWithin(tx: Transaction, userId: UserId, id: ScrobbleId, correction: NamesCorrection): Promise<void> {
    const parkedUntil = await this.lockLane(tx, userId);
    const ended = await this.writer.find(tx, userId, id);
    if (!ended) {
      throw new ScrobbleNotFoundError();
    }
    if (!isResendable(ended)) {
      throw new ScrobbleNotResendableError(ended.state);
    }
    if (ended.deadlineAt <= this.clock.now()) {
      throw new ScrobbleTooOldError();
    }
    const again = corrected(ended, correction);
    const [original] = await this.findOriginals(tx, userId, [again]);
    if (original) {
      throw new SamePlayScrobbledError();
    }
    await this.queue(tx, userId, parkedUntil, [again]);
    if (again.namesBefore) {
      await this.writer.writeNames(tx, userId, again);
    }
  }

  /** Queues all of a kind again; what is too old or was scrobbled by another way meanwhile is counted and left. */
  async retry(userId: UserId, filter: RetryFilter): Promise<RetryResult> {
    return this.unitOfWork.run(async (tx) => {
      const parkedUntil = await this.lockLane(tx, userId);
      const young = await this.writer.findEnded(tx, userId, filter);
      const originals = await this.findOriginals(tx, userId, young);
      const again = young.filter((_, index) => originals[index] === undefined);
      await this.queue(tx, userId, parkedUntil, again);
      return {
        resent: again.length,
        tooOld: await this.writer.countTooOld(tx, userId, filter),
        duplicates: young.length - again.length,
      };
    });
  }

  /** Two clicks at once: the second one waits here and then finds nothing that has ended. */
  private async lockLane(tx: Transaction, userId: UserId): Promise<Date | null> {
    const lanes = await this.lanes.lock(tx, [userId]);
    return lanes.get(userId)?.parkedUntil ?? null;
  }

  /** What the ledger says is the same play, for each; a scrobble that is missing on the profile is not its own original. */
  private async findOriginals(
    { manager }: Transaction,
    userId: UserId,
    ended: readonly EndedScrobble[],
  ): Promise<Array<ScrobbleId | undefined>> {
    const found = await this.duplicates.find(
      manager,
      ended.map((scrobble) => ({ ...scrobble, userId })),
      ended.map(({ id }) => id),
    );
    return found.map((original, index) => (original === ended[index]?.id ? undefined : original));
  }

  private async queue(
    tx: Transaction,
    userId: UserId,
    parkedUntil: Date | null,
    again: readonly EndedScrobble[],
  ): Promise<void> {
    if (again.length === 0) {
      return;
    }
    const states = await this.accounts.findStates(tx.manager, [userId]);
    const waiting = waitingState(states.get(userId), parkedUntil, this.clock.now());
    await this.writer.write(tx, userId, again, waiting);
    if (waiting.nextAttemptAt) {
      await this.lanes.markDue(tx, new Map([[userId, mostUrgent(again)]]));
    }
    await tx.updateLive(userId, { kind: 'scrobble', ids: again.map(({ id }) => id) });
  }
}

function mostUrgent(scrobbles: readonly EndedScrobble[]): ScrobbleSource {
  const sources = scrobbles.map(({ source }) => source);
  return sources.reduce((first, other) => (PRIORITY[other] < PRIORITY[first] ? other : first), sources[0] ?? 'run');
}
