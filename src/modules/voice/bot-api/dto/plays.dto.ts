import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { isSnowflake } from '../../../auth/index.js';
import { durationField, nameField } from '../../../scrobbling/index.js';

const MOST_AT_ONCE = 50;
const LONGEST_WAIT_SECONDS = 10;
const USUAL_WAIT_SECONDS = 2;
/** The last second of the year 9999. */
const LAST_SECOND = 253_402_300_799;

export const announcement = z.object({
  discordUserId: z.string().refine((text) => isSnowflake(text), 'Must be the id of a Discord user, as text.'),
  artist: nameField,
  track: nameField,
  album: nameField.nullish(),
  duration: durationField.nullish(),
});

export const play = announcement.extend({ timestamp: z.int().min(0).max(LAST_SECOND) });

export type AnnouncedPlay = z.output<typeof announcement>;
export type HeardPlay = z.output<typeof play>;

/** Entries are looked at one by one, so that a bad one fails alone. */
const entries = z.array(z.unknown()).min(1).max(MOST_AT_ONCE);

export class PlaysDto extends createZodDto(entries) {}

const described = {
  discordUserId: { type: 'string', description: 'A snowflake' },
  artist: { type: 'string' },
  track: { type: 'string', description: 'The title' },
  album: { type: 'string' },
  duration: { type: 'integer', description: 'Seconds' },
};
const example = {
  discordUserId: '80351110224678912',
  artist: 'Air',
  track: 'La Femme d’Argent',
  album: 'Moon Safari',
  duration: 427,
};

/** For OpenAPI: what an entry that is not refused looks like. */
export const ANNOUNCEMENTS_BODY = {
  type: 'array' as const,
  minItems: 1,
  maxItems: MOST_AT_ONCE,
  items: { type: 'object' as const, required: ['discordUserId', 'artist', 'track'], properties: described },
  example: [example],
};
export const PLAYS_BODY = {
  ...ANNOUNCEMENTS_BODY,
  items: {
    type: 'object' as const,
    required: ['discordUserId', 'artist', 'track', 'timestamp'],
    properties: {
      ...described,
      timestamp: { type: 'integer', description: 'Unix seconds at which the track started' },
    },
  },
  example: [{ ...example, timestamp: 1_768_478_400 }],
};

export class WaitQueryDto extends createZodDto(
  z.object({
    wait: z.coerce
      .number()
      .min(0)
      .max(LONGEST_WAIT_SECONDS)
      .default(USUAL_WAIT_SECONDS)
      .describe(
        'How many seconds to wait for Last.fm before the answer says `queued`. 0: not at all. Nothing is lost either way',
      ),
  }),
) {}

const STATUSES = ['accepted', 'queued', 'duplicate', 'ignored', 'failed', 'not_linked', 'disabled', 'invalid'] as const;

const result = z.object({
  discordUserId: z.string().nullable().describe('As it was given; null where there was none'),
  status: z.enum(STATUSES),
  scrobbleId: z.uuid().optional().describe('Of what stands in the ledger now'),
  code: z.string().optional().describe('A stable word for why'),
  message: z.string().optional(),
});

export type EntryResult = z.output<typeof result>;

export class PlayResultsDto extends createZodDto(
  z.object({ results: z.array(result).describe('One for each entry, in the order given') }),
) {}
