import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { playlistOf, playlistShape, trackInput, trackList } from '../../dto/playlist.dto.js';
import { importReportShape } from '../../imports/dto/playlist-import.dto.js';
import { reportOf } from '../../imports/import-report.js';
import { MAX_TRACKS } from '../../playlist-track.js';
import type { DuplicateGroup } from '../duplicates.js';
import type { EditedPlaylist } from '../playlist-editing.service.js';

const MAX_OPERATIONS = 100;

const position = z.int().min(0).max(MAX_TRACKS);
const positions = z
  .array(position)
  .min(1)
  .max(MAX_TRACKS)
  .describe('From 0, in the list as the operations before this one leave it');
const insertBefore = position
  .optional()
  .describe('The new tracks come before the one that is there now; absent: at the end');

const operation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add'), tracks: trackList, position: insertBefore }),
  z.strictObject({ op: z.literal('remove'), positions }),
  z.strictObject({
    op: z.literal('move'),
    positions,
    to: position.describe('Where the first of them lies afterwards; they keep their order among themselves'),
  }),
  z.strictObject({ op: z.literal('replace'), position, track: trackInput }),
  z.strictObject({
    op: z.literal('paste'),
    text: z.string().min(1).describe('One "Artist - Title" a line; a dash or a tab separates'),
    position: insertBefore,
  }),
  z.strictObject({ op: z.literal('remove_duplicates').describe('Of each track the first one stays') }),
]);

export class EditTracksDto extends createZodDto(
  z.strictObject({
    operations: z
      .array(operation)
      .min(1)
      .max(MAX_OPERATIONS)
      .describe('Done one after the other, all or none; 100 at most'),
  }),
) {}

const result = z.object({
  added: z.int(),
  removed: z.int(),
  report: importReportShape.nullable().describe('What became of the rows of a pasted text; null otherwise'),
});

/** The playlist as it is now, and what became of each operation. */
export class EditedPlaylistDto extends createZodDto(
  playlistShape.extend({ results: z.array(result).describe('In the order of the operations') }),
) {
  static of({ playlist, results }: EditedPlaylist): EditedPlaylistDto {
    return {
      ...playlistOf(playlist),
      results: results.map(({ added, removed, reading }) => ({
        added,
        removed,
        report: reading && reportOf(reading),
      })),
    };
  }
}

const group = z.object({
  artist: z.string().describe('As the first of them is written'),
  title: z.string(),
  positions: z.array(z.int()).describe('From 0, rising; two at least'),
});

export class DuplicatesDto extends createZodDto(
  z.object({
    items: z.array(group),
    total: z.int().describe('Groups'),
    surplus: z.int().describe('Tracks that go when of each group the first one stays'),
    version: z.int().describe('Of the playlist; the positions are those of its tracks'),
  }),
) {
  static of({ version, groups }: { version: number; groups: DuplicateGroup[] }): DuplicatesDto {
    const surplus = groups.reduce((sum, { positions: { length } }) => sum + length - 1, 0);
    return { items: groups, total: groups.length, surplus, version };
  }
}
