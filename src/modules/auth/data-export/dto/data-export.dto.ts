import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { DATA_EXPORT_STATES, type DataExport } from '../data-export.entity.js';

export class DataExportDto extends createZodDto(
  z.object({
    state: z.enum(DATA_EXPORT_STATES),
    requestedAt: z.iso.datetime(),
    doneRows: z.int().describe('How many rows are written so far'),
    totalRows: z.int().nullable().describe('Of how many; null until it has begun'),
    sizeBytes: z.int().nullable().describe('Of the file, once it is ready'),
    readyAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().describe('When it is deleted'),
  }),
) {
  static of(made: DataExport): DataExportDto {
    const { state, doneRows, totalRows, sizeBytes, requestedAt, readyAt, expiresAt } = made;
    return {
      state,
      requestedAt: requestedAt.toISOString(),
      doneRows,
      totalRows,
      sizeBytes: sizeBytes === null ? null : Number(sizeBytes),
      readyAt: readyAt?.toISOString() ?? null,
      expiresAt: expiresAt.toISOString(),
    };
  }
}
