import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { PLATFORMS } from '../../../platforms/index.js';
import { playlistTitle } from '../../dto/playlist.dto.js';
import { importReportShape } from '../../imports/dto/playlist-import.dto.js';
import { PLAYLIST_IMPORT_PURPOSES, PLAYLIST_IMPORT_STATES, type PlaylistImport } from '../playlist-import.entity.js';

const MAX_LINK_LENGTH = 2_000;

export class ImportLinkDto extends createZodDto(
  z.strictObject({
    url: z.string().trim().min(1).max(MAX_LINK_LENGTH).describe('Any link to a playlist at Deezer or Spotify'),
    title: playlistTitle.optional().describe('Otherwise as it is called there'),
  }),
) {}

export class StartedPlaylistImportDto extends createZodDto(
  z.object({ importId: z.uuid().describe('For GET /playlists/imports/:id') }),
) {}

const place = z.object({
  position: z.int().describe('Counted from 1'),
  artist: z.string(),
  title: z.string(),
});
const listed = <Item extends z.ZodType>(item: Item) =>
  z.object({ total: z.int(), items: z.array(item).describe('The first 200') });

const changes = z.object({
  before: z.int().describe('Tracks of the playlist now'),
  after: z.int(),
  added: listed(place),
  removed: listed(place),
  moved: listed(place.extend({ from: z.int() })),
});

export class PlaylistImportDto extends createZodDto(
  z
    .object({
      id: z.uuid(),
      purpose: z.enum(PLAYLIST_IMPORT_PURPOSES),
      state: z.enum(PLAYLIST_IMPORT_STATES).describe('ready: a refresh that waits for /apply'),
      platform: z.enum(PLATFORMS),
      title: z.string(),
      url: z.string(),
      trackTotal: z.int().describe('As the platform counts'),
      tracksRead: z.int(),
      resumesAt: z.iso.datetime().nullable().describe('The platform is busy or silent: it goes on then'),
      playlistId: z.uuid().nullable().describe('What was made, or what is refreshed'),
      report: importReportShape.nullable(),
      changes: changes.nullable().describe('Of a refresh'),
      failure: z.object({ code: z.string(), message: z.string() }).nullable(),
      createdAt: z.iso.datetime(),
      finishedAt: z.iso.datetime().nullable(),
    })
    .meta({ id: 'PlaylistImport' }),
) {
  static of(one: PlaylistImport): PlaylistImportDto {
    const { id, purpose, state, platform, title, url, trackTotal, tracksRead, playlistId } = one;
    return {
      ...{ id, purpose, state, platform, title, url, trackTotal, tracksRead, playlistId },
      ...{ report: one.report, changes: one.changes, failure: one.failure },
      resumesAt: one.resumesAt?.toISOString() ?? null,
      createdAt: one.createdAt.toISOString(),
      finishedAt: one.finishedAt?.toISOString() ?? null,
    };
  }
}
