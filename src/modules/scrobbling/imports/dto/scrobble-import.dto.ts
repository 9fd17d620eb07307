import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { pagingQuery } from '../../../../common/http/paging.js';
import { timeZoneField } from '../../../../common/http/time-zone-field.js';
import { DELIVERY_STATES } from '../../delivery/delivery-state.js';
import type { ImportCounts } from '../import-counter.js';
import { ALREADY_AT_LASTFM, HISTORY_FORMATS } from '../readers/history-format.js';
import { IMPORT_STATES, type ScrobbleImport } from '../scrobble-import.entity.js';

const moment = z.iso.datetime();

const preview = z.object({
  rows: z.int(),
  plays: z.int(),
  recent: z.int().describe('Plays younger than 14 days, which Last.fm would still take'),
  firstPlayedAt: moment.nullable(),
  lastPlayedAt: moment.nullable(),
  sample: z.array(z.object({ artist: z.string(), title: z.string(), album: z.string().nullable(), playedAt: moment })),
  skippedTotal: z.int(),
  skipped: z
    .array(z.object({ row: z.int(), reason: z.string(), text: z.string() }))
    .describe('The first 200 rows that cannot be used, and why'),
});

const scrobbleImport = z
  .object({
    id: z.uuid(),
    fileName: z.string(),
    state: z.enum(IMPORT_STATES),
    format: z.enum(HISTORY_FORMATS).nullable().describe('Null until it has been recognised'),
    needsTimeZone: z.boolean().describe('The file says times without their time zone: ask for it before the start'),
    timeZone: z.string(),
    sendRecent: z.boolean(),
    alreadyAtLastfm: z.boolean().describe('An export of Last.fm: kept for statistics, nothing of it is sent'),
    rowsDone: z.int().describe('Of `preview.rows`'),
    preview: preview.nullable().describe('Null until the file has been read through'),
    counts: z.partialRecord(z.enum(DELIVERY_STATES), z.int()).describe('Its scrobbles by state, once it is finished'),
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
    removed: z.int().describe('Scrobbles that were taken back'),
    createdAt: moment,
    finishedAt: moment.nullable(),
  })
  .meta({ id: 'ScrobbleImport' });

function toImport(one: ScrobbleImport, counts: ImportCounts): z.output<typeof scrobbleImport> {
  const { id, fileName, state, format, needsTimeZone, timeZone, sendRecent, rowsDone, failure, removed } = one;
  return {
    ...{ id, fileName, state, format, needsTimeZone, timeZone, sendRecent, rowsDone, failure, removed, counts },
    alreadyAtLastfm: format !== null && ALREADY_AT_LASTFM.has(format),
    preview: one.preview,
    createdAt: one.createdAt.toISOString(),
    finishedAt: one.finishedAt?.toISOString() ?? null,
  };
}

export class ScrobbleImportDto extends createZodDto(scrobbleImport) {
  static of(one: ScrobbleImport, counts: ImportCounts): ScrobbleImportDto {
    return toImport(one, counts);
  }
}

const listed = scrobbleImport.omit({ preview: true, counts: true }).meta({ id: 'ListedScrobbleImport' });

export class ScrobbleImportListDto extends createZodDto(z.object({ items: z.array(listed), total: z.int() })) {
  static of(items: readonly ScrobbleImport[], total: number): ScrobbleImportListDto {
    return { items: items.map((one) => toListed(one)), total };
  }
}

function toListed(one: ScrobbleImport): z.output<typeof listed> {
  return listed.parse(toImport(one, {}));
}

export class StartedImportDto extends createZodDto(z.object({ importId: z.uuid() })) {}

export class ImportQueryDto extends createZodDto(z.object(pagingQuery)) {}

export class StartImportDto extends createZodDto(
  z.strictObject({
    sendRecent: z.boolean().optional().describe('Whether plays younger than 14 days are sent to Last.fm'),
    timeZone: timeZoneField.optional().describe('Where the clock hung whose times the file does not explain'),
  }),
) {}

const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true');

/** The fields beside the file, as a form sends them. */
export const importFields = z.object({
  preview: yesOrNo.default(false),
  sendRecent: yesOrNo.default(true),
  timeZone: timeZoneField.default('UTC'),
});
