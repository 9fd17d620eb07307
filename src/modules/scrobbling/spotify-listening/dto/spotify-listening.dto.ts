import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import type { SpotifyListening } from '../spotify-listening.entity.js';

export class SwitchListeningDto extends createZodDto(z.strictObject({ enabled: z.boolean() })) {}

export class SpotifyListeningDto extends createZodDto(
  z.object({
    enabled: z.boolean(),
    since: z.iso.datetime().nullable(),
    nextLookAt: z.iso.datetime().nullable(),
    problem: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .describe('Why the last look saw nothing, for people'),
  }),
) {
  static of(one: SpotifyListening | null): SpotifyListeningDto {
    return {
      enabled: one !== null,
      since: one?.enabledAt.toISOString() ?? null,
      nextLookAt: one?.dueAt.toISOString() ?? null,
      problem: one?.problem ?? null,
    };
  }
}
