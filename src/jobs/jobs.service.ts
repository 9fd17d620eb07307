import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { TaskCatalogue, TaskName } from './task-catalogue.js';

/** graphile-worker does lower numbers first. */
const URGENT = 0;
const NOT_URGENT = 10;

@Injectable()
export class Jobs {
  /**
   * Adds a job on the caller's transaction: a worker sees it once that has committed, and it is gone if that rolls back.
   * @param options.key at most one waiting job has this key; adding it again replaces the waiting one
   * @param options.isUrgent false: it waits for everything that is; true unless said otherwise
   */
  async enqueue<Name extends TaskName>(
    manager: EntityManager,
    task: Name,
    payload: TaskCatalogue[Name],
    options: { key?: string; isUrgent?: boolean } = {},
  ): Promise<void> {
    await manager.query('select graphile_worker.add_job($1, $2::json, job_key => $3, priority => $4)', [
      task,
      JSON.stringify(payload),
      options.key ?? null,
      (options.isUrgent ?? true) ? URGENT : NOT_URGENT,
    ]);
  }
}
