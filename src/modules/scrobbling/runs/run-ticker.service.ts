import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';

import { Clock } from '../../../common/clock.js';
import { AppConfig } from '../../../config/app-config.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { DailyBudget } from '../budget/daily-budget.service.js';
import type { Play } from '../ledger/play.js';
import { ScrobbleLedger } from '../ledger/scrobble-ledger.service.js';
import { DueRuns } from './due-runs.js';
import type { ScrobbleRun } from './scrobble-run.entity.js';

const TICK_MS = 1_000;
/** So many due runs are advanced in one transaction. */
const BATCH = 500;
/** So many transactions at once: while the database works on one, the next one is put together. */
const AT_ONCE = 2;

/**
 * Advances the runs whose time has come. Any number of processes may tick: a run is claimed by its row lock, and its
 * play, its delivery and its next due moment are written in one transaction, so a crash loses or doubles nothing. The
 * cost of a tick follows the number of due runs, not of all runs.
 */
@Injectable()
export class RunTicker implements BeforeApplicationShutdown {
  private readonly logger = new Logger(RunTicker.name);
  private ticking: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: ScrobbleLedger,
    private readonly budget: DailyBudget,
    private readonly dueRuns: DueRuns,
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

  /** Wakes the runs that waited for the next day's budget, then records the play of every run that is due. */
  async tick(): Promise<void> {
    await this.inBatches((tx) => this.resumeWaitingRuns(tx));
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.inBatches((tx) => this.advanceDueRuns(tx))));
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

  private async resumeWaitingRuns(tx: Transaction): Promise<number> {
    const now = this.clock.now();
    const runs = await this.dueRuns.claim(tx, `state = 'paused' and resumes_at <= $1`, now, BATCH);
    if (runs.length === 0) {
      return 0;
    }
    for (const run of runs) {
      run.resumeByItself(now);
    }
    return this.write(tx, runs);
  }

  private async advanceDueRuns(tx: Transaction): Promise<number> {
    const now = this.clock.now();
    const runs = await this.dueRuns.claim(tx, `state = 'running' and next_due_at <= $1`, now, BATCH);
    if (runs.length === 0) {
      return 0;
    }
    const spent = await this.budget.findSpent(
      tx.manager,
      runs.map(({ userId }) => userId),
    );
    const plays = runs.flatMap((run) => this.playOf(run, now, spent.get(run.userId)));
    await this.write(tx, runs, await this.dueRuns.refill(tx, runs, now));
    if (plays.length > 0) {
      await this.ledger.record(tx, plays);
    }
    return runs.length;
  }

  /** @param spentUntil its account has scrobbled all it may for today: the run waits until then */
  private playOf(run: ScrobbleRun, now: Date, spentUntil: Date | undefined): Play[] {
    if (spentUntil) {
      run.pauseUntil(spentUntil);
      return [];
    }
    const due = run.playDue(now);
    if (!due) {
      return [];
    }
    const { track, playedAt } = due;
    return [
      {
        userId: run.userId,
        artist: track.artist,
        title: track.title,
        album: track.album,
        albumArtist: track.albumArtist,
        durationSeconds: track.durationSeconds,
        playedAt,
        source: 'run',
        provenance: 'automatic',
        chosenByUser: true,
        runId: run.id,
      },
    ];
  }

  private async write(
    tx: Transaction,
    runs: readonly ScrobbleRun[],
    refilled = new Set<ScrobbleRun>(),
  ): Promise<number> {
    await this.dueRuns.write(tx, runs, refilled);
    await tx.updateLiveOfMany(runs.map(({ userId, id }) => ({ userId, update: { kind: 'run', ids: [id] } })));
    return runs.length;
  }
}
