import { Global, Module } from '@nestjs/common';

import { JobWorkerHeartbeats } from './job-worker-heartbeats.js';
import { JobWorker } from './job-worker.service.js';
import { JobRetries } from './job-retries.service.js';
import { JobsData } from './jobs-data.js';
import { Jobs } from './jobs.service.js';
import { TaskHandlers } from './task-handlers.js';

@Global()
@Module({
  providers: [JobsData, JobRetries, Jobs, TaskHandlers, JobWorker, JobWorkerHeartbeats],
  exports: [JobRetries, Jobs, TaskHandlers],
})
export class JobsModule {}
