import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import {
  PlaylistDto,
  playlistShape,
  playlistSummaryShape,
  PlaylistSummaryDto,
  playlistTitle,
} from '../../dto/playlist.dto.js';
import type { FinishedImport } from '../playlist-imports.service.js';

export const importReportShape = z.object({
  read: z.int().describe('Rows that meant to be tracks'),
  imported: z.int(),
  skipped: z
    .array(
      z.object({
        row: z.int().describe('Counted from 1, header and blank lines included'),
        reason: z.string().describe('For people'),
        text: z.string().describe('The beginning of the row'),
      }),
    )
    .describe('The first 200'),
  skippedTotal: z.int(),
});

export class ImportPastedTextDto extends createZodDto(
  z.strictObject({
    text: z
      .string()
      .min(1)
      .describe('One "Artist - Title" a line; a dash or a tab separates; or the content of a playlist file'),
    title: playlistTitle.optional(),
  }),
) {}

/** The fields beside the file in a multipart upload. */
export const uploadFields = z.strictObject({ title: playlistTitle.optional() });

export class ImportedPlaylistDto extends createZodDto(
  z.object({
    playlist: playlistShape,
    report: importReportShape,
    others: z
      .array(z.object({ playlist: playlistSummaryShape, report: importReportShape }))
      .describe('The further playlists of a file that holds several, without their tracks'),
    leftOut: z
      .array(z.object({ title: z.string(), report: importReportShape }))
      .describe('Playlists in the file that have no track we could read'),
  }),
) {
  static of({ playlist, report: itsReport, others, leftOut }: FinishedImport): ImportedPlaylistDto {
    return {
      playlist: PlaylistDto.of(playlist),
      report: itsReport,
      others: others.map((other) => ({ playlist: PlaylistSummaryDto.of(other.playlist), report: other.report })),
      leftOut,
    };
  }
}
