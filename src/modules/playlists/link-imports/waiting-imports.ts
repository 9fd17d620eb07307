import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';

import { AppConfig } from '../../../config/app-config.js';
import { PlaylistImportsStore } from './playlist-imports-store.js';

const TICK_MS = 1_000;

/** Goes on with imports whose platform was busy, once their wait is over. Any number of processes may tick. */
@Injectable()
export class WaitingImports implements BeforeApplicationShutdown {
  private readonly logger = new Logger(WaitingImports.name);
  private ticking: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly store: PlaylistImportsStore,
    private readonly config: AppConfig,
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

  async tick(): Promise<void> {
    while (await this.store.resumeDue()) {
      // Once more, until nothing is due.
    }
  }

  /** Waits for the tick that is under way, so that nothing uses the database after it is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.ticking;
  }
}
