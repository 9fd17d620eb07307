import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { PROVENANCES, SCROBBLE_SOURCES } from '../../scrobbling/index.js';
import { OUTCOMES } from '../reading/outcome.js';

const day = z.iso.date();
const plays = z.int();

const period = {
  timeZone: z.string().describe('Whose days and hours these are'),
  from: day.nullable().describe('The first day; null: from the beginning'),
  to: day.describe('The last day, included'),
};

export class SummaryDto extends createZodDto(
  z
    .object({
      ...period,
      plays: plays.describe('Everything that was played; duplicates are no plays'),
      activeDays: z.int().describe('Days on which anything was played'),
      firstDay: day.nullable(),
      lastDay: day.nullable(),
      artists: z.int().describe('Different ones'),
      tracks: z.int(),
      albums: z.int(),
      sources: z.array(z.object({ source: z.enum(SCROBBLE_SOURCES), plays })),
      provenances: z.array(z.object({ provenance: z.enum(PROVENANCES), plays })),
      deliveries: z
        .array(z.object({ outcome: z.enum(OUTCOMES), count: z.int() }))
        .describe('How scrobbles fare on their way to Last.fm; `waiting` may still become anything'),
      deliverySuccess: z
        .number()
        .nullable()
        .describe('The share that Last.fm accepted of those that were sent or expired; null: there are none'),
    })
    .meta({ id: 'StatisticsSummary' }),
) {}

export class PerDayDto extends createZodDto(
  z.object({
    ...period,
    from: day,
    items: z.array(z.object({ day, plays })).describe('Every day, also without plays'),
  }),
) {}

const top = <Item extends z.ZodType>(item: Item) =>
  z.object({ ...period, items: z.array(item), total: z.int().describe('How many different ones there are') });

export class TopArtistsDto extends createZodDto(top(z.object({ artist: z.string(), plays }))) {}

export class TopTracksDto extends createZodDto(top(z.object({ artist: z.string(), title: z.string(), plays }))) {}

export class TopAlbumsDto extends createZodDto(top(z.object({ artist: z.string(), album: z.string(), plays }))) {}

export class ListeningClockDto extends createZodDto(
  z.object({
    ...period,
    items: z
      .array(z.object({ weekday: z.int().min(1).max(7).describe('1 is Monday'), hour: z.int().min(0).max(23), plays }))
      .describe('All 168 hours of a week'),
  }),
) {}

const streak = z.object({ from: day, to: day, days: z.int() }).nullable();

export class StreaksDto extends createZodDto(
  z.object({
    ...period,
    current: streak.describe('Days in a row up to today or yesterday'),
    longest: streak,
  }),
) {}
