import { z } from 'zod';

import { JobRetries } from '../../src/jobs/job-retries.service.js';
import { action, type PanelTable } from './panel-table.js';
import type { Services } from './services.js';

const STATES = ['waiting', 'working', 'failing', 'given up'];
const STATE = `case when j.locked_at is not null then 'working' when j.attempts >= j.max_attempts then 'given up'
                    when j.attempts > 0 then 'failing' else 'waiting' end`;

/** The background jobs. What they carry stays out: it is nobody's to read. */
export function jobsTable(services: Services): PanelTable {
  const retries = services(JobRetries);
  return {
    id: 'jobs',
    label: 'Jobs',
    group: 'Operation',
    icon: 'Cpu',
    role: 'admin',
    from: 'graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id',
    key: 'j.id::text',
    keyIs: 'number',
    byKey: 'j.id = $1::bigint',
    title: 'task',
    order: 'createdAt',
    columns: {
      task: { label: 'Task', sql: 't.identifier', type: 'string', isSearched: true, isListed: true },
      state: { label: 'State', sql: STATE, type: 'string', values: STATES, isSearched: true, isListed: true },
      attempts: { label: 'Attempts', sql: 'j.attempts::int', type: 'number', isListed: true },
      maxAttempts: { label: 'Attempts at most', sql: 'j.max_attempts::int', type: 'number' },
      error: { label: 'Last error', sql: `split_part(j.last_error, E'\\n', 1)`, type: 'string', isListed: true },
      runAt: { label: 'Due', sql: 'j.run_at', type: 'datetime', isListed: true },
      createdAt: { label: 'Added', sql: 'j.created_at', type: 'datetime' },
    },
    actions: [
      action({
        name: 'retry',
        label: 'Retry',
        icon: 'RefreshCw',
        role: 'admin',
        on: 'row',
        about: 'Makes it due now, with all its attempts before it.',
        fields: [],
        input: z.object({}),
        isOffered: ({ state }) => state === 'failing' || state === 'given up',
        async run({ by, id }) {
          await retries.retry(by, id);
          return 'The job is due now.';
        },
      }),
    ],
  };
}
