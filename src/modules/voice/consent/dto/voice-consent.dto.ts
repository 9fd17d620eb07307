import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { isSnowflake } from '../../../auth/index.js';
import type { Place } from '../refusal-at.js';
import type { VoiceConsentChange } from '../voice-consent-change.entity.js';
import type { VoiceConsent } from '../voice-consent.entity.js';

const snowflake = z.string().refine((text) => isSnowflake(text), 'Must be an id of Discord’s, as text.');

export class ChooseConsentDto extends createZodDto(
  z.strictObject({
    guildId: snowflake,
    channelId: snowflake.nullish().describe('A voice channel of it; left out: the whole server'),
    isAllowed: z.boolean().nullable().describe('Null: take the choice back, so that the wider one counts'),
  }),
) {
  static placeOf({ guildId, channelId }: ChooseConsentDto): Place {
    return { guildId, channelId: channelId ?? '' };
  }
}

const place = { guildId: z.string(), channelId: z.string().nullable().describe('Null: the whole server') };

export class VoiceConsentsDto extends createZodDto(
  z.object({
    items: z
      .array(z.object({ ...place, isAllowed: z.boolean(), changedAt: z.string() }))
      .describe('Where nothing is said, scrobbles are wanted'),
    pausedUntil: z.string().nullable().describe('“Not tonight” counts until then'),
  }),
) {
  static of(consents: readonly VoiceConsent[]): VoiceConsentsDto {
    const tonight = consents.find(({ guildId }) => guildId === '');
    return {
      items: consents
        .filter((consent) => consent !== tonight)
        .map(({ guildId, channelId, isAllowed, changedAt }) => ({
          ...{ guildId, channelId: channelId || null, isAllowed },
          changedAt: changedAt.toISOString(),
        })),
      pausedUntil: tonight?.until?.toISOString() ?? null,
    };
  }
}

export class PausedTonightDto extends createZodDto(z.object({ pausedUntil: z.string() })) {}

export class ConsentLogDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        guildId: z.string().nullable().describe('Null: “not tonight”, which is for all servers'),
        channelId: z.string().nullable(),
        isAllowed: z.boolean().nullable().describe('Null: the choice was taken back'),
        until: z.string().nullable(),
        changedAt: z.string(),
      }),
    ),
  }),
) {
  static of(changes: readonly VoiceConsentChange[]): ConsentLogDto {
    return {
      items: changes.map(({ guildId, channelId, isAllowed, until, changedAt }) => ({
        ...{ guildId: guildId || null, channelId: channelId || null, isAllowed },
        until: until?.toISOString() ?? null,
        changedAt: changedAt.toISOString(),
      })),
    };
  }
}
