import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { pagingQuery } from '../../../../common/http/paging.js';
import { DELIVERY_STATES } from '../../delivery/delivery-state.js';
import { SCROBBLE_SOURCES } from '../play.js';
import type { HistoryQuery } from '../scrobble-history.service.js';

const ONE_DAY_MS = 24 * 3600 * 1000;
const day = z.iso.date();
const dayOrMoment = z.union([day, z.iso.datetime({ offset: true })], 'Must be a date (2026-01-31) or a date and time.');

export const periodFields = {
  startDate: dayOrMoment.optional().describe('Plays from this day (UTC) or moment on'),
  endDate: dayOrMoment.optional().describe('Plays up to the end of this day (UTC), or before this moment'),
};

export const pagedPeriod = { ...pagingQuery, ...periodFields };

export class HistoryQueryDto extends createZodDto(
  z.object({
    ...pagedPeriod,
    state: z.enum(DELIVERY_STATES).optional(),
    source: z.enum(SCROBBLE_SOURCES).optional(),
    q: z.string().trim().min(1).max(200).optional().describe('Part of an artist, title or album'),
  }),
) {}

export function toHistoryQuery({ startDate, endDate, ...rest }: HistoryQueryDto): HistoryQuery {
  return { ...rest, ...toPeriod({ startDate, endDate }) };
}

/** Days become moments; an end day is included. */
export function toPeriod({ startDate, endDate }: { startDate?: string | undefined; endDate?: string | undefined }): {
  startDate: Date | undefined;
  endDate: Date | undefined;
} {
  const end = endDate === undefined ? undefined : new Date(endDate);
  const isDay = day.safeParse(endDate).success;
  return {
    startDate: startDate === undefined ? undefined : new Date(startDate),
    endDate: end && isDay ? new Date(end.getTime() + ONE_DAY_MS) : end,
  };
}
