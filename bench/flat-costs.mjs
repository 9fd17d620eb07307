import { NestFactory } from '@nestjs/core';

import { AppModule } from '../dist/src/app.module.js';
import { AppConfig } from '../dist/src/config/app-config.js';
import { LaneLeasesService } from '../dist/src/modules/scrobbling/delivery/lane-leases.service.js';
import { RunTicker } from '../dist/src/modules/scrobbling/runs/run-ticker.service.js';
import { Backlog } from './backlog.mjs';
import { withClient } from './databases.mjs';
import { percentile } from './percentile.mjs';
import { seedRuns } from './ticker.mjs';

const [FEW, MANY] = [1_000, 100_000];
const TIMES = 60;

/** What must not grow with what waits: a tick without a due run, and the lease of one lane. Milliseconds, the middle one. */
export async function measureFlatCosts(serverUrl) {
  const backlog = await Backlog.create(serverUrl);
  const config = AppConfig.fromEnv({ NODE_ENV: 'test', LOG_LEVEL: 'silent', ...backlog.env }).with({
    isScheduled: false,
  });
  const app = await NestFactory.createApplicationContext(AppModule.with(config), { logger: false });
  const [ticker, leases] = [app.get(RunTicker), app.get(LaneLeasesService)];
  const measured = [];
  for (const waiting of [FEW, MANY - FEW]) {
    await withClient(backlog.url, async (client) => {
      await seedRuns(client, waiting);
      await makeLanesWait(client);
    });
    await backlog.fill(`due${waiting}`, TIMES);
    await withClient(backlog.url, (client) => makeDue(client));
    measured.push({
      tick: await middleOf(() => ticker.tick()),
      lease: await middleOf(() => leases.lease(1)),
    });
  }
  await app.close();
  await backlog.sandbox.close();
  const [few, many] = measured;
  return { few, many };
}

/** Half of them is due after all others, half backs off. */
async function makeLanesWait(client) {
  await client.query(
    `update delivery_lane set priority = 5,
            next_attempt_at = case when hashtext(user_id::text) % 2 = 0 then now() else now() + interval '1 hour' end
      where next_attempt_at is null`,
  );
  await client.query('vacuum analyze delivery_lane');
}

async function makeDue(client) {
  await client.query(
    `update delivery_lane l set next_attempt_at = now(), priority = 1
      where exists (select from delivery d where d.user_id = l.user_id and d.state = 'queued')`,
  );
}

async function middleOf(work) {
  const times = [];
  for (let i = 0; i < TIMES; i += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return percentile(
    times.sort((one, other) => one - other),
    0.5,
  );
}
