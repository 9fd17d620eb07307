import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { isStorableLine } from '../../storable-text.js';
import type { SearchHit } from '../merge-hits.js';
import { SEARCH_PLATFORMS } from '../search-source.js';
import { SOURCE_STATES, type SourceAnswer } from '../universal-search.service.js';

const MAX_QUERY_LENGTH = 200;
const MAX_HITS = 50;
const USUAL_HITS = 20;

const platform = z.enum(SEARCH_PLATFORMS);

export class SearchQueryDto extends createZodDto(
  z.object({
    q: z
      .string()
      .trim()
      .min(1)
      .max(MAX_QUERY_LENGTH)
      .refine(isStorableLine, 'Must not contain control characters.')
      .describe('Words of an artist, a title or both'),
    platform: platform.optional().describe('Only there; absent: everywhere. playlists are your own'),
    limit: z.coerce.number().int().min(1).max(MAX_HITS).default(USUAL_HITS).describe('Hits to return, 50 at most'),
  }),
) {}

const hit = z.object({
  artist: z.string(),
  title: z.string(),
  album: z.string().nullable(),
  albumArtist: z.string().nullable(),
  durationSeconds: z.int().nullable(),
  sources: z.array(
    z.object({
      platform,
      url: z.string().nullable().describe('A page about the track, at the platform'),
      playlist: z.object({ id: z.uuid(), title: z.string() }).nullable().describe('One of yours that it is in'),
    }),
  ),
});

export class SearchResultDto extends createZodDto(
  z.object({
    items: z.array(hit).describe('Each track once, the best first'),
    total: z.int(),
    platforms: z
      .array(z.object({ platform, state: z.enum(SOURCE_STATES), found: z.int() }))
      .describe('What became of asking each; items are of those that have answered'),
  }),
) {
  static of({ hits, answers }: { hits: SearchHit[]; answers: SourceAnswer[] }): SearchResultDto {
    return {
      items: hits,
      total: hits.length,
      platforms: answers.map(({ platform: name, state, tracks }) => ({ platform: name, state, found: tracks.length })),
    };
  }
}
