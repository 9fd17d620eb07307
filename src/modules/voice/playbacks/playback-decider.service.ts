import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';

import { Clock } from '../../../common/clock.js';
import { AppConfig } from '../../../config/app-config.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { DueDecisions } from './due-decisions.service.js';
import { Playbacks } from './playbacks.service.js';

const TICK_MS = 1_000;
/** So many playbacks are decided in one transaction; with full rooms that is some hundred scrobbles. */
const BATCH = 25;
/** So many transactions at once. */
const AT_ONCE = 2;

/**
 * Decides playbacks whose threshold has come, each once: it is claimed by its row lock, and its decisions and scrobbles are
 * written in one transaction. Any number of processes may tick.
 */
@Injectable()
export class PlaybackDecider implements BeforeApplicationShutdown {
  private readonly logger = new Logger(PlaybackDecider.name);
  private ticking: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly due: DueDecisions,
    private readonly playbacks: Playbacks,
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

  /** Closes what nobody tells of any more, then decides everything that is due. */
  async tick(): Promise<void> {
    await this.inBatches((tx) => this.giveUpSilent(tx));
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.inBatches((tx) => this.decideDue(tx))));
  }

  /** Waits for the tick that is under way, so that nothing uses the database after it is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.ticking;
  }

  private async inBatches(step: (tx: Transaction) => Promise<number>): Promise<void> {
    let changed: number;
    do {
      changed = await this.unitOfWork.run(step);
    } while (changed === BATCH);
  }

  private async giveUpSilent(tx: Transaction): Promise<number> {
    const silent = await this.due.claimSilent(tx, this.clock.now(), BATCH);
    for (const playback of silent) {
      await this.playbacks.giveUp(tx, playback);
    }
    return silent.length;
  }

  private async decideDue(tx: Transaction): Promise<number> {
    const due = await this.due.claim(tx, this.clock.now(), BATCH);
    if (due.length > 0) {
      await this.due.decide(tx, due);
    }
    return due.length;
  }
}
