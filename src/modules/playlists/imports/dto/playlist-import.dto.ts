import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { PlaylistDto, playlistShape, playlistTitle } from '../../dto/playlist.dto.js';
import type { Playlist } from '../../playlist.entity.js';
import type { ImportReport } from '../playlist-imports.service.js';

const report = z.object({
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
    text: z.string().min(1).describe('One "Artist - Title" a line; a dash or a tab separates'),
    title: playlistTitle.optional(),
  }),
) {}

/** The fields beside the file in a multipart upload. */
export const uploadFields = z.strictObject({ title: playlistTitle.optional() });

export class ImportedPlaylistDto extends createZodDto(z.object({ playlist: playlistShape, report })) {
  static of(playlist: Playlist, { read, imported, skipped, skippedTotal }: ImportReport): ImportedPlaylistDto {
    return { playlist: PlaylistDto.of(playlist), report: { read, imported, skipped, skippedTotal } };
  }
}
