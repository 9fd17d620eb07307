import { EventEmitter } from 'node:events';

import { Injectable, Logger, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import {
  Logger as WorkerLogger,
  parseCronItems,
  run,
  type Runner,
  runOnce,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import pg from 'pg';

import { AppConfig } from '../config/app-config.js';
import { JobWorkerHeartbeats } from './job-worker-heartbeats.js';
import { RECURRING_TASKS } from './task-catalogue.js';
import { TaskHandlers } from './task-handlers.js';

const CONCURRENCY = 4;
const POOL_SIZE = CONCURRENCY;
const HEARTBEAT_MS = 15_000;

/** Runs the background tasks of a process that has the worker role. */
@Injectable()
export class JobWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(JobWorker.name);
  private readonly workerIds = new Set<string>();
  private pool: pg.Pool | undefined;
  private runner: Runner | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly handlers: TaskHandlers,
    private readonly heartbeats: JobWorkerHeartbeats,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.has('worker') || !this.config.isScheduled) {
      return;
    }
    this.pool = new pg.Pool({ connectionString: this.config.requireDatabaseUrl(), max: POOL_SIZE });
    this.pool.on('error', this.noteBrokenConnection);
    this.pool.on('connect', (client) => client.on('error', this.noteBrokenConnection));
    const events: WorkerEvents = new EventEmitter();
    events.on('worker:create', ({ worker }) => this.workerIds.add(worker.workerId));
    this.runner = await run({
      pgPool: this.pool,
      events,
      logger: this.workerLogger(),
      concurrency: CONCURRENCY,
      noHandleSignals: true,
      taskList: this.taskList(),
      parsedCronItems: parseCronItems(RECURRING_TASKS.map((item) => ({ ...item, identifier: item.task }))),
    });
    await this.beat();
  }

  /** Says that this process lives, and takes over the jobs of processes that no longer do. */
  @Interval(HEARTBEAT_MS)
  async beat(): Promise<void> {
    if (!this.runner) {
      return;
    }
    await this.heartbeats.beat([...this.workerIds]);
    const released = await this.heartbeats.releaseDeadWorkers();
    if (released.length > 0) {
      this.logger.warn(`Took over the jobs of ${released.length} workers that stopped without a word.`);
    }
  }

  /** Does every job that is waiting now; for tests, in which no worker runs. */
  async drain(): Promise<void> {
    const connectionString = this.config.requireDatabaseUrl();
    await runOnce({ connectionString, logger: this.workerLogger(), taskList: this.taskList() });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.runner?.stop();
    if (this.runner) {
      await this.heartbeats.forget([...this.workerIds]);
    }
    this.runner = undefined;
    await this.pool?.end();
  }

  /** The pool makes a new one; what was under way fails and is tried again. */
  private readonly noteBrokenConnection = (error: Error): void => {
    this.logger.warn(`Lost a database connection: ${error.message}`);
  };

  private taskList(): TaskList {
    return Object.fromEntries(this.handlers.entries());
  }

  private workerLogger(): WorkerLogger {
    return new WorkerLogger(() => (logLevel, message) => {
      const level: string = logLevel;
      if (level === 'error') {
        this.logger.error(message);
      } else if (level === 'warning') {
        this.logger.warn(message);
      }
    });
  }
}
