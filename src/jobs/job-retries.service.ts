import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';

import { AuditTrail } from '../common/audit/audit-trail.js';
import { DomainError } from '../common/errors/domain-error.js';
import type { UserId } from '../common/ids.js';

class JobNotFoundError extends DomainError {
  readonly code = 'job_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no such job, or it is being done at this moment.');
  }
}

/** Lets jobs be done again that were given up. */
@Injectable()
export class JobRetries {
  constructor(
    private readonly manager: EntityManager,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Makes a job due now, with all its attempts before it.
   * @param by the administrator who asks for it
   * @throws JobNotFoundError
   */
  async retry(by: UserId, jobId: string): Promise<void> {
    await this.manager.transaction(async (manager) => {
      const [job] = await manager.query<Array<{ task: string }>>(
        `select t.identifier as task
           from graphile_worker.reschedule_jobs(array[$1::bigint], run_at => now(), attempts => 0) j
           join graphile_worker._private_tasks t on t.id = j.task_id`,
        [jobId],
      );
      if (!job) {
        throw new JobNotFoundError();
      }
      const details = { job: jobId, task: job.task };
      await this.audit.record(manager, { action: 'job.retried', userId: by, details });
    });
  }
}
