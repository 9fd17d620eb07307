import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';

import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/errors/domain-error.js';
import type { UserId } from '../../../common/ids.js';
import { AppConfig } from '../../../config/app-config.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { ListeningVisits } from './listening-visits.service.js';

const TICK_MS = 5_000;
/** So many people are looked at side by side. */
const BATCH = 20;
/** Longer than a look takes: whoever is killed meanwhile is followed by another after that. */
const LEASE = "interval '90 seconds'";

/**
 * Looks at what people hear at Spotify, each when it is their time. Any number of processes may tick: who is due is claimed
 * by moving their time on, under the row's lock.
 */
@Injectable()
export class SpotifyListener implements BeforeApplicationShutdown {
  private readonly logger = new Logger(SpotifyListener.name);
  private ticking: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly visits: ListeningVisits,
    private readonly unitOfWork: UnitOfWork,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  @Interval(TICK_MS)
  tickNow(): void {
    if (!this.config.has('worker') || !this.config.isScheduled || this.isStopped) {
      return;
    }
    this.ticking ??= this.tick()
      .catch((error: unknown) => {
        this.logger.error(error);
      })
      .finally(() => {
        this.ticking = undefined;
      });
  }

  /** Looks at everybody who is due. */
  async tick(): Promise<void> {
    let due: UserId[];
    do {
      due = await this.claimDue();
      await Promise.all(due.map((userId) => this.lookAt(userId)));
    } while (due.length === BATCH);
  }

  /** Waits for the tick that is under way, so that nothing uses the database after it is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.ticking;
  }

  private async claimDue(): Promise<UserId[]> {
    const [rows] = await this.unitOfWork.run<[Array<{ user_id: UserId }>, number]>(({ manager }) =>
      manager.query(
        `update spotify_listening set due_at = $1::timestamptz + ${LEASE}
          where user_id in (select user_id from spotify_listening where due_at <= $1
                             order by due_at limit ${BATCH} for update skip locked)
          returning user_id`,
        [this.clock.now()],
      ),
    );
    return rows.map(({ user_id: userId }) => userId);
  }

  /** One person's trouble is not the others'. */
  private async lookAt(userId: UserId): Promise<void> {
    try {
      await this.visits.look(userId);
    } catch (error) {
      if (error instanceof DomainError) {
        await this.visits.stumble(userId, error);
      } else {
        this.logger.error(error);
      }
    }
  }
}
