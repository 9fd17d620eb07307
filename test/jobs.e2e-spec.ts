import { DataSource } from 'typeorm';

import { newId, type UserId } from '../src/common/ids.js';
import { DurableSubscriptions } from '../src/events/durable-subscriptions.js';
import { UnitOfWork } from '../src/events/unit-of-work.js';
import { JobWorkerHeartbeats } from '../src/jobs/job-worker-heartbeats.js';
import { Jobs } from '../src/jobs/jobs.service.js';
import { TestApp } from './support/test-app.js';

describe('background jobs', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });

  afterEach(async () => {
    await app.reset();
    await app.sql('delete from graphile_worker._private_jobs');
    await app.sql('delete from job_worker');
  });

  afterAll(async () => {
    await app.stop();
  });

  const waiting = async (): Promise<number> => (await app.sql('select id from graphile_worker._private_jobs')).length;
  const purge = () => app.get(Jobs).enqueue(app.get(DataSource).manager, 'credentials.purge', {});

  describe('are written with the transaction that wants them:', () => {
    it('one that commits leaves its job, one that rolls back leaves none', async () => {
      await app.get(UnitOfWork).run(({ manager }) => app.get(Jobs).enqueue(manager, 'credentials.purge', {}));
      expect(await waiting()).toBe(1);

      const rolledBack = app.get(UnitOfWork).run(async ({ manager }) => {
        await app.get(Jobs).enqueue(manager, 'credentials.purge', {});
        throw new Error('changed our mind');
      });

      await expect(rolledBack).rejects.toThrow('changed our mind');
      expect(await waiting()).toBe(1);
    });

    it('of jobs with one key the last one waits', async () => {
      const { manager } = app.get(DataSource);
      await app.get(Jobs).enqueue(manager, 'credentials.purge', {}, { key: 'purge' });
      await app.get(Jobs).enqueue(manager, 'credentials.purge', {}, { key: 'purge' });

      expect(await waiting()).toBe(1);
    });
  });

  describe('of a durable event', () => {
    const userId = newId() as UserId;
    const publish = (fail = false) =>
      app.get(UnitOfWork).run(async (tx) => {
        await tx.publishDurably('lastfm-account.rejected', { userId, username: 'ada' });
        if (fail) {
          throw new Error('changed our mind');
        }
      });
    const heard: string[] = [];
    let failures = 0;

    beforeAll(() => {
      const subscriptions = app.get(DurableSubscriptions);
      subscriptions.subscribe('lastfm-account.rejected', 'test-steady', ({ username }) => {
        heard.push(`steady: ${username}`);
        return Promise.resolve();
      });
      subscriptions.subscribe('lastfm-account.rejected', 'test-shaky', ({ username }) => {
        if (failures > 0) {
          failures -= 1;
          return Promise.reject(new Error('not today'));
        }
        heard.push(`shaky: ${username}`);
        return Promise.resolve();
      });
    });

    beforeEach(() => {
      heard.length = 0;
      failures = 0;
    });

    it('reach each subscriber once', async () => {
      await publish();
      expect(heard).toEqual([]);

      await app.doJobs();
      await app.doJobs();

      expect(heard.sort()).toEqual(['shaky: ada', 'steady: ada']);
      expect(await waiting()).toBe(0);
    });

    it('reach nobody when the transaction rolls back', async () => {
      await expect(publish(true)).rejects.toThrow('changed our mind');

      await app.doJobs();

      expect(heard).toEqual([]);
    });

    it('are tried again for the subscriber that failed, and for no other', async () => {
      failures = 1;
      await publish();
      await app.doJobs();
      expect(heard).toEqual(['steady: ada']);

      await app.sql('update graphile_worker._private_jobs set run_at = now()');
      await app.doJobs();

      expect(heard).toEqual(['steady: ada', 'shaky: ada']);
    });

    it('wait when no process of the publisher lives, and are done by another replica', async () => {
      const replica = await app.startReplica();
      const user = await replica.create.linkedUser();
      await replica.get(UnitOfWork).run(async (tx) => {
        await tx.publishDurably('lastfm-account.rejected', { userId: user.id as UserId, username: 'ada' });
        await tx.manager.query(`update lastfm_account set state = 'rejected'`);
      });
      await replica.stop();

      await app.doJobs();

      expect((await app.as(user).get('/notifications')).body.total).toBe(1);
    });
  });

  describe('of a worker that stops without a word', () => {
    const heartbeats = () => app.get(JobWorkerHeartbeats);
    /** A worker of another process has taken the job, so many seconds ago. */
    const take = (worker: string, secondsAgo: number) =>
      app.sql(
        `update graphile_worker._private_jobs
            set locked_by = $1, locked_at = now() - make_interval(secs => $2), attempts = attempts + 1`,
        [worker, secondsAgo],
      );
    const seen = (worker: string, secondsAgo: number) =>
      app.sql(`insert into job_worker values ($1, now() - make_interval(secs => $2))`, [worker, secondsAgo]);

    it('are taken over when it has not been heard of for a minute', async () => {
      await purge();
      await take('worker-dead', 61);
      await seen('worker-dead', 61);
      await app.doJobs();
      expect(await waiting()).toBe(1);

      expect(await heartbeats().releaseDeadWorkers()).toEqual(['worker-dead']);
      await app.doJobs();

      expect(await waiting()).toBe(0);
      expect(await app.sql('select id from job_worker')).toEqual([]);
    });

    it('are taken over when it was killed before its first sign of life', async () => {
      await purge();
      await take('worker-unheard', 61);

      expect(await heartbeats().releaseDeadWorkers()).toEqual(['worker-unheard']);
    });

    it('stay with a worker that lives, however long they take', async () => {
      await purge();
      await take('worker-busy', 3_600);
      await heartbeats().beat(['worker-busy']);

      expect(await heartbeats().releaseDeadWorkers()).toEqual([]);
      await app.doJobs();
      expect(await waiting()).toBe(1);
    });

    it('stay with a worker that has just begun and not yet given a sign', async () => {
      await purge();
      await take('worker-new', 59);

      expect(await heartbeats().releaseDeadWorkers()).toEqual([]);
    });

    it('leave the others alone', async () => {
      await purge();
      await take('worker-live', 600);
      await purge();
      await app.sql(
        `update graphile_worker._private_jobs set locked_by = 'worker-dead', locked_at = now() - interval '10 min'
          where locked_by is null`,
      );
      await heartbeats().beat(['worker-live', 'worker-idle']);

      expect(await heartbeats().releaseDeadWorkers()).toEqual(['worker-dead']);
      await heartbeats().forget(['worker-idle']);
      expect(await app.sql('select id from job_worker')).toEqual([{ id: 'worker-live' }]);
    });
  });
});
