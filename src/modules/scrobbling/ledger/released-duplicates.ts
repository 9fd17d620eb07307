import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import { groupBy } from '../../../common/collections/group-by.js';
import type { ScrobbleId, UserId } from '../../../common/ids.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import { LastfmAccountsService } from '../../lastfm/index.js';
import { DeliveryLanesService } from '../delivery/delivery-lanes.service.js';
import { DELIVERABLE_MS, LASTFM } from '../delivery/delivery-state.js';
import type { ScrobbleSource } from './play.js';
import { isSamePlay, shorterOf } from './duplicate-rule.js';
import { waitingState } from './waiting-state.js';

interface Released {
  id: ScrobbleId;
  original: ScrobbleId;
  playedAt: Date;
  durationSeconds: number | null;
  source: ScrobbleSource;
}

const isSame = (one: Released, other: Released): boolean =>
  isSamePlay(
    Math.floor(one.playedAt.getTime() / 1000) - Math.floor(other.playedAt.getTime() / 1000),
    shorterOf(one.durationSeconds, other.durationSeconds),
  );

/**
 * Scrobbles that were kept back because another one stood for the same play, and that one goes or is not sent after all:
 * the first of them now stands for it, and is sent.
 */
@Injectable()
export class ReleasedDuplicates {
  constructor(
    private readonly lanes: DeliveryLanesService,
    private readonly accounts: LastfmAccountsService,
    private readonly clock: Clock,
  ) {}

  /** @param going scrobbles of this user that are about to be deleted. Their lane must be locked. */
  async release(tx: Transaction, userId: UserId, going: readonly ScrobbleId[]): Promise<void> {
    await this.standIn(tx, userId, await this.findDuplicates(tx, userId, going));
  }

  /**
   * Voice is not sent again by itself, and so no sighting by voice takes the place of one that failed.
   * @param failed scrobbles of this user that were not sent. Their lane must be locked.
   */
  async releaseOfFailed(tx: Transaction, userId: UserId, failed: readonly ScrobbleId[]): Promise<void> {
    const released = await this.findDuplicates(tx, userId, failed);
    await this.standIn(
      tx,
      userId,
      released.filter(({ source }) => source !== 'voice'),
    );
  }

  private findDuplicates({ manager }: Transaction, userId: UserId, of: readonly ScrobbleId[]): Promise<Released[]> {
    return manager.query(
      `select s.id, d.duplicate_of as original, s.played_at as "playedAt", s.duration_seconds as "durationSeconds", s.source
         from delivery d join scrobble s on s.user_id = d.user_id and s.id = d.scrobble_id
        where d.user_id = $1 and d.destination = $2 and d.state = 'duplicate'
          and d.duplicate_of = any($3::uuid[]) and not s.id = any($3::uuid[])
        order by s.created_at, s.id`,
      [userId, LASTFM, of],
    );
  }

  /** Two that were close to their original need not be close to each other: then both stand for themselves. */
  private async standIn(tx: Transaction, userId: UserId, released: readonly Released[]): Promise<void> {
    for (const sightings of groupBy(released, ({ original }) => original).values()) {
      const standing: Released[] = [];
      for (const sighting of sightings) {
        const same = standing.find((one) => isSame(one, sighting));
        if (same) {
          await this.point(tx, userId, sighting.id, same.id);
        } else {
          await this.stand(tx, userId, sighting);
          standing.push(sighting);
        }
      }
    }
  }

  private async stand(tx: Transaction, userId: UserId, { id, playedAt, source }: Released): Promise<void> {
    const now = this.clock.now();
    const isTooOld = playedAt.getTime() <= now.getTime() - DELIVERABLE_MS;
    const { state, reason, nextAttemptAt } = isTooOld
      ? { state: 'archived', reason: 'older_than_14_days', nextAttemptAt: null }
      : await this.waiting(tx, userId);
    await tx.manager.query(
      `update delivery set state = $4, reason = $5, next_attempt_at = $6, duplicate_of = null,
              settled_at = case when $4 = 'archived' then $7::timestamptz end
        where user_id = $1 and destination = $2 and scrobble_id = $3`,
      [userId, LASTFM, id, state, reason, nextAttemptAt, now],
    );
    if (nextAttemptAt) {
      await this.lanes.markDue(tx, new Map([[userId, source]]));
    }
  }

  private async waiting(tx: Transaction, userId: UserId) {
    const [states, lanes] = [
      await this.accounts.findStates(tx.manager, [userId]),
      await this.lanes.lockExisting(tx, [userId]),
    ];
    return waitingState(states.get(userId), lanes.get(userId)?.parkedUntil, this.clock.now());
  }

  private async point({ manager }: Transaction, userId: UserId, id: ScrobbleId, original: ScrobbleId): Promise<void> {
    await manager.query(
      'update delivery set duplicate_of = $4 where user_id = $1 and destination = $2 and scrobble_id = $3',
      [userId, LASTFM, id, original],
    );
  }
}
