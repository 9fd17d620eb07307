import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { pagedPeriod, scrobbleSchema } from '../../../scrobbling/index.js';

export class DiscordScrobblesQueryDto extends createZodDto(z.object(pagedPeriod)) {}

export class DiscordScrobblesDto extends createZodDto(
  z.object({
    scrobbles: z.array(scrobbleSchema).describe('Newest play first; to a bot those of voice channels'),
    stats: z.object({
      total: z.int().describe('Plays in the period'),
      failed: z.int().describe('Of these refused by Last.fm, given up, or too old before they could go'),
    }),
  }),
) {}
