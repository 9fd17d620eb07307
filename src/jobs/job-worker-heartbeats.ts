import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A worker not heard of for this long is dead; with the beat every 15 s its jobs are taken over within 90 s. */
const DEAD_AFTER_SECONDS = 60;

/**
 * Keeps track of which job workers live. graphile-worker leaves the jobs of a killed worker locked for four hours, so
 * we release them ourselves. All times are the database's, as graphile-worker's are: replica clocks may differ.
 */
@Injectable()
export class JobWorkerHeartbeats {
  constructor(private readonly dataSource: DataSource) {}

  async beat(workerIds: readonly string[]): Promise<void> {
    await this.dataSource.query(
      `insert into job_worker (id, seen_at) select unnest($1::text[]), now()
       on conflict (id) do update set seen_at = excluded.seen_at`,
      [workerIds],
    );
  }

  /** Unlocks every job held by a worker that no longer beats, even one that was killed before its first beat. */
  async releaseDeadWorkers(): Promise<string[]> {
    const dead: Array<{ id: string }> = await this.dataSource.query(
      `select distinct locked_by as id from graphile_worker._private_jobs
        where locked_by is not null and locked_at < now() - make_interval(secs => $1)
          and not exists (select from job_worker w
                           where w.id = locked_by and w.seen_at > now() - make_interval(secs => $1))`,
      [DEAD_AFTER_SECONDS],
    );
    const ids = dead.map(({ id }) => id);
    if (ids.length > 0) {
      await this.dataSource.query('select graphile_worker.force_unlock_workers($1::text[])', [ids]);
    }
    await this.dataSource.query(`delete from job_worker where seen_at < now() - make_interval(secs => $1)`, [
      DEAD_AFTER_SECONDS,
    ]);
    return ids;
  }

  async forget(workerIds: readonly string[]): Promise<void> {
    await this.dataSource.query('delete from job_worker where id = any($1::text[])', [workerIds]);
  }
}
