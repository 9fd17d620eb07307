import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { pagingQuery } from '../../../common/http/paging.js';

const dayOrMoment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], 'Must be a date (2026-01-31) or a date and time.')
  .refine((value) => value >= '1970' && value < '2100', 'Must be between 1970 and 2099.');

const period = {
  from: dayOrMoment.optional().describe('From this day on, in your time zone; or from the day that this moment is in'),
  to: dayOrMoment.optional().describe('Up to the end of this day; today unless given'),
};

export class PeriodQueryDto extends createZodDto(z.object(period)) {}

export class TopQueryDto extends createZodDto(z.object({ ...period, ...pagingQuery })) {}
