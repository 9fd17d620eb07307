import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { durationField, nameField } from './track-fields.js';

const MOST_AT_ONCE = 500;

const track = z.strictObject({
  artist: nameField,
  title: nameField,
  album: nameField.optional(),
  albumArtist: nameField.optional().describe('Only where it differs from the artist'),
  durationSeconds: durationField.optional(),
  playedAt: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('When the play started. Unset: now; in a list, as if the list had just been played through'),
});

/** One track, or an array of them; always an array once it is read. */
export class RecordScrobblesDto extends createZodDto(
  z
    .union([track, z.array(track).min(1).max(MOST_AT_ONCE)])
    .transform((given) => (Array.isArray(given) ? given : [given]))
    .describe(`One play, or a list of up to ${MOST_AT_ONCE}`),
) {}
