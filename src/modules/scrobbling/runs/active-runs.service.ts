import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import { type PauseReason, ScrobbleRun } from './scrobble-run.entity.js';

/** A user's one active run, and what happens to it when their Last.fm account changes. Each call is safe to repeat. */
@Injectable()
export class ActiveRuns {
  constructor(private readonly clock: Clock) {}

  /** The active run, locked until the transaction ends, so that a pause and a tick cannot undo each other. */
  async lock({ manager }: Transaction, userId: UserId): Promise<ScrobbleRun | null> {
    return manager
      .createQueryBuilder(ScrobbleRun, 'run')
      .where(`run.user_id = :userId and run.state in ('running', 'paused')`, { userId })
      .setLock('pessimistic_write')
      .getOne();
  }

  async pause(tx: Transaction, userId: UserId, reason: PauseReason): Promise<void> {
    await this.change(tx, userId, (run) => {
      if (run.canPauseFor(reason)) {
        run.pause(reason); // Also one that stood still already: linking again must not start what was switched off.
      }
    });
  }

  /**
   * A run that was paused because the key was rejected goes on; one that its user paused does not.
   * @param isOther another account is linked: the run need not wait for the next day of the former one
   */
  async resumeAfterLink(tx: Transaction, userId: UserId, isOther: boolean): Promise<void> {
    await this.change(tx, userId, (run) => {
      if (run.pausedReason === 'key_rejected' || (isOther && run.pausedReason === 'daily_budget')) {
        run.resume(this.clock.now());
      }
    });
  }

  async stop(tx: Transaction, userId: UserId): Promise<void> {
    await this.change(tx, userId, (run) => {
      run.stop(this.clock.now());
    });
  }

  private async change(tx: Transaction, userId: UserId, change: (run: ScrobbleRun) => void): Promise<void> {
    const run = await this.lock(tx, userId);
    if (run) {
      change(run);
      await tx.manager.save(run);
      await tx.updateLive(userId, { kind: 'run', ids: [run.id] });
    }
  }
}
