import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import type { BudgetReport } from '../budget-reports.service.js';

const moment = z.iso.datetime();
const count = z.int();

export class DailyBudgetDto extends createZodDto(
  z
    .object({
      date: z.iso.date().describe('The UTC day that is counted'),
      resetsAt: moment.describe('When the next day begins'),
      used: count.describe('What Last.fm has taken on this day, from every source'),
      cap: count.describe('From so many on, runs and imports wait for the next day'),
      left: count,
      configuredCap: count.describe('LASTFM_DAILY_AUTOMATIC'),
      learned: z
        .object({ cap: count, on: z.iso.date() })
        .nullable()
        .describe('Last.fm refused more than this on that day; the lesson fades within two weeks'),
      parkedUntil: moment.nullable().describe('Last.fm takes nothing of this account until then'),
      accepted: z
        .object({ run: count, voice: count, manual: count, import: count, ingest: count })
        .describe('What of this day came from where'),
      waiting: count.describe('Automatic scrobbles that have not been sent yet'),
      run: z
        .object({
          runId: z.uuid(),
          pausesAt: moment.nullable().describe('Null: it waits already'),
          resumesAt: moment,
        })
        .nullable()
        .describe('When the active run pauses for the budget, and goes on by itself'),
    })
    .meta({ id: 'DailyBudget' }),
) {
  static of(report: BudgetReport): DailyBudgetDto {
    const { run, parkedUntil, resetsAt } = report;
    return {
      ...report,
      resetsAt: resetsAt.toISOString(),
      parkedUntil: parkedUntil?.toISOString() ?? null,
      run: run && {
        runId: run.runId,
        pausesAt: run.pausesAt?.toISOString() ?? null,
        resumesAt: run.resumesAt.toISOString(),
      },
    };
  }
}
