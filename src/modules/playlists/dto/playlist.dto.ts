import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { pagingQuery } from '../../../common/http/paging.js';
import { MAX_DURATION_SECONDS, MAX_NAME_LENGTH, MAX_TRACKS, type PlaylistTrack } from '../playlist-track.js';
import {
  MAX_DESCRIPTION_LENGTH,
  MAX_TITLE_LENGTH,
  type Playlist,
  SOURCE_KINDS,
  VISIBILITIES,
} from '../playlist.entity.js';
import type { PlaylistSummary } from '../playlists.service.js';
import { isStorableLine, isStorableParagraphs } from '../storable-text.js';

const MAX_CATEGORY_LENGTH = 60;

const NO_CONTROLS = 'Must not contain control characters.';

const line = (maxLength: number) => z.string().trim().min(1).max(maxLength).refine(isStorableLine, NO_CONTROLS);

export const playlistTitle = line(MAX_TITLE_LENGTH);

const description = z
  .string()
  .transform((text) => text.replace(/\r\n?/g, '\n').trim())
  .pipe(z.string().max(MAX_DESCRIPTION_LENGTH).refine(isStorableParagraphs, NO_CONTROLS))
  .transform((text) => (text === '' ? null : text))
  .describe('2,000 characters at most; line breaks are kept; empty is the same as null');

const name = line(MAX_NAME_LENGTH);

export const trackInput = z
  .strictObject({
    artist: name,
    title: name,
    album: name.nullish(),
    albumArtist: name.nullish().describe('Usually only where it is not the artist'),
    durationSeconds: z.int().min(1).max(MAX_DURATION_SECONDS).nullish().describe('Whole seconds, 24 hours at most'),
  })
  .transform(({ artist, title, album, albumArtist, durationSeconds }): PlaylistTrack => ({
    artist,
    title,
    album: album ?? null,
    albumArtist: albumArtist ?? null,
    durationSeconds: durationSeconds ?? null,
  }));

/** One more than fit is enough to be refused for: looking at hundreds of thousands would cost seconds. */
function noMoreThanRefused(tracks: unknown): unknown {
  return Array.isArray(tracks) ? tracks.slice(0, MAX_TRACKS + 1) : tracks;
}

export const trackList = z.preprocess(noMoreThanRefused, z.array(trackInput));

const fields = {
  title: playlistTitle,
  description: description.nullable(),
  visibility: z.enum(VISIBILITIES).describe('unlisted: whoever has the address; public: listed for everyone'),
  category: line(MAX_CATEGORY_LENGTH).nullable(),
  tracks: trackList.describe('In playing order; 10,000 at most'),
};

const track = z.object({
  artist: z.string(),
  title: z.string(),
  album: z.string().nullable(),
  albumArtist: z.string().nullable(),
  durationSeconds: z.int().nullable(),
});

export const playlistSummaryShape = z.object({
  id: z.uuid(),
  title: z.string(),
  description: z.string().nullable(),
  visibility: z.enum(VISIBILITIES),
  category: z.string().nullable(),
  source: z
    .object({ kind: z.enum(SOURCE_KINDS), url: z.string().optional(), fileName: z.string().optional() })
    .describe('Where the tracks came from first'),
  trackCount: z.int(),
  durationSeconds: z.int().describe('The sum over the tracks whose length is known'),
  version: z.int().describe('Goes up at each change; the ETag is made of it'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const playlistShape = playlistSummaryShape.extend({
  tracks: z.array(track),
  canUndo: z.boolean().describe('Whether there is a change of the tracks to take back'),
});

export class CreatePlaylistDto extends createZodDto(
  z.strictObject({
    title: fields.title,
    description: fields.description.default(null),
    visibility: fields.visibility.default('private'),
    category: fields.category.default(null),
    tracks: fields.tracks.default([]),
  }),
) {}

export class UpdatePlaylistDto extends createZodDto(
  z.strictObject({
    ...z.strictObject(fields).partial().shape,
    tracks: fields.tracks.optional().describe('The whole new list, in playing order'),
  }),
) {}

export class PlaylistQueryDto extends createZodDto(
  z.object({
    ...pagingQuery,
    q: z
      .string()
      .trim()
      .max(MAX_TITLE_LENGTH)
      .refine(isStorableLine, NO_CONTROLS)
      .optional()
      .describe('Only those with this in their title, in any case'),
  }),
) {}

function summaryOf(playlist: PlaylistSummary): z.infer<typeof playlistSummaryShape> {
  const { id, title, description: text, visibility, category, source, trackCount, durationSeconds, version } = playlist;
  return {
    ...{ id, title, description: text, visibility, category, source, trackCount, durationSeconds, version },
    createdAt: playlist.createdAt.toISOString(),
    updatedAt: playlist.updatedAt.toISOString(),
  };
}

export function playlistOf(playlist: Playlist): z.infer<typeof playlistShape> {
  return { ...summaryOf(playlist), tracks: playlist.tracks, canUndo: playlist.canUndo };
}

export class PlaylistSummaryDto extends createZodDto(playlistSummaryShape) {
  static of(playlist: PlaylistSummary): PlaylistSummaryDto {
    return summaryOf(playlist);
  }
}

export class PlaylistListDto extends createZodDto(z.object({ items: z.array(playlistSummaryShape), total: z.int() })) {}

export class PlaylistDto extends createZodDto(playlistShape) {
  static of(playlist: Playlist): PlaylistDto {
    return playlistOf(playlist);
  }
}
