import { Injectable, Logger, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';

import { Clock } from '../../../common/clock.js';
import { AppConfig } from '../../../config/app-config.js';
import { PostgresChannel } from '../../../events/postgres-channel.js';
import { CallBudget, type CallPermit } from '../../lastfm/index.js';
import { DeliverySender } from './delivery-sender.service.js';
import type { LaneLease } from './lane-lease.js';
import { LaneLeasesService } from './lane-leases.service.js';

/** Calls under way at once: enough for 5 a second although each takes the 20 seconds it may. */
const MOST_IN_FLIGHT = 100;
/** Lanes taken in one transaction: a backlog costs fewer of them, and no lane waits long for the others' rows. */
const MOST_AT_ONCE = 20;
const LOOK_MS = 1_000;

type Step = 'started' | 'idle' | { waitMs: number };

/**
 * Moves deliveries from the lanes to Last.fm, in every process with the worker role. It looks when someone says so
 * (NOTIFY), when a call has ended, and every second in any case; the tables say what there is to do.
 */
@Injectable()
export class DeliveryDispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryDispatcher.name);
  private readonly inFlight = new Set<Promise<void>>();
  private round: Promise<void> | undefined;
  private isAnotherWanted = false;
  private isStopped = false;
  private callsStarted = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly leases: LaneLeasesService,
    private readonly sender: DeliverySender,
    private readonly callBudget: CallBudget,
    private readonly channel: PostgresChannel,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.isOn()) {
      const wake = (): void => {
        this.look();
      };
      await this.channel.subscribe({ channel: 'delivery-due', onMessage: wake, onGap: wake });
    }
  }

  /** Finishes the calls under way; what has not been started is left to the next process. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.round;
    await Promise.all(this.inFlight);
  }

  @Interval(LOOK_MS)
  look(): void {
    if (this.isStopped || !this.isOn()) {
      return;
    }
    if (this.round) {
      this.isAnotherWanted = true;
      return;
    }
    this.isAnotherWanted = false;
    this.round = this.serveDueLanes()
      .catch((error: unknown) => {
        this.logger.error(error);
      })
      .finally(() => {
        this.round = undefined;
        if (this.isAnotherWanted) {
          this.look();
        }
      });
  }

  /** Serves whatever can be served at this moment and waits for it; for tests, which move the clock and call this. */
  async drain(): Promise<void> {
    let served: number;
    do {
      served = this.callsStarted;
      await this.serveDueLanes();
      await Promise.all(this.inFlight);
    } while (this.callsStarted > served);
  }

  private isOn(): boolean {
    return this.config.has('worker') && this.config.isScheduled;
  }

  private async serveDueLanes(): Promise<void> {
    while (!this.isStopped) {
      if (this.inFlight.size >= MOST_IN_FLIGHT) {
        await Promise.race(this.inFlight);
      }
      const step = await this.startNext(Math.min(MOST_AT_ONCE, MOST_IN_FLIGHT - this.inFlight.size));
      if (step === 'idle') {
        return;
      }
      if (typeof step === 'object') {
        this.lookIn(step.waitMs);
        return;
      }
    }
  }

  /** The permits first: a lane that is leased is served at once. Nothing is written while no lane is due. */
  private async startNext(most: number): Promise<Step> {
    const due = await this.leases.countDue(most);
    if (due === 0) {
      return 'idle';
    }
    const { permits, availableAt } = await this.callBudget.tryAcquire(due);
    if (availableAt) {
      return { waitMs: availableAt.getTime() - this.clock.now().getTime() };
    }
    const leases = await this.leaseOrGiveBack(permits);
    permits.forEach((permit, index) => {
      const lease = leases?.[index];
      if (lease) {
        this.serve(lease, permit);
      }
    });
    await this.callBudget.giveBack(permits.slice(leases?.length ?? 0));
    return leases === null ? 'idle' : 'started';
  }

  private async leaseOrGiveBack(permits: readonly CallPermit[]): Promise<LaneLease[] | null> {
    try {
      return await this.leases.lease(permits.length);
    } catch (error) {
      await this.callBudget.giveBack(permits);
      throw error;
    }
  }

  private serve(lease: LaneLease, permit: CallPermit): void {
    const call = this.sender
      .serve(lease, permit)
      .catch((error: unknown) => {
        // The lease runs out and the deliveries are looked up, as after a crash.
        this.logger.error(error);
      })
      .finally(() => {
        this.inFlight.delete(call);
        this.look();
      });
    this.inFlight.add(call);
    this.callsStarted += 1;
  }

  private lookIn(waitMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => {
        this.look();
      },
      Math.max(1, Math.min(waitMs, LOOK_MS)),
    );
  }
}
