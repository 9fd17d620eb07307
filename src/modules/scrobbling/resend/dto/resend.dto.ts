import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { periodFields } from '../../ledger/dto/history-query.dto.js';
import { durationField, nameField } from '../../ledger/dto/track-fields.js';
import { SCROBBLE_SOURCES } from '../../ledger/play.js';

/** What is unset stays as it is; null removes it. */
export class ResendScrobbleDto extends createZodDto(
  z
    .strictObject({
      artist: nameField.optional(),
      title: nameField.optional(),
      album: nameField.nullable().optional(),
      albumArtist: nameField.nullable().optional(),
      durationSeconds: durationField.nullable().optional(),
    })
    .prefault({}),
) {}

export class RetryScrobblesDto extends createZodDto(
  z
    .strictObject({
      states: z
        .array(z.enum(['failed', 'ignored']))
        .min(1)
        .max(2)
        .default(['failed']),
      source: z.enum(SCROBBLE_SOURCES).optional(),
      ...periodFields,
    })
    .prefault({}),
) {}

export class RetriedScrobblesDto extends createZodDto(
  z.object({
    resent: z.int().describe('Queued again'),
    tooOld: z.int().describe('Left as they are: older than 14 days'),
    duplicates: z.int().describe('Left as they are: the same play was scrobbled by another way meanwhile'),
  }),
) {}
