import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import type { LastfmAccount, WaitingCounts } from '../../../lastfm/index.js';
import { shortName } from '../../dto/short-name.js';

const choices = z
  .strictObject({
    profileChecks: z.boolean().describe('Once a day accepted scrobbles are looked for on the profile'),
    retriesVoice: z
      .boolean()
      .describe('Scrobbles from voice channels are sent again by themselves when Last.fm was out of reach'),
  })
  .partial();

const lastfmMe = z.object({
  username: z.string(),
  state: z.enum(['linked', 'rejected']).describe('rejected: Last.fm refused our access; link again'),
  scrobblingEnabled: z.boolean(),
  linkedAt: z.iso.datetime(),
  queued: z.int().describe('Scrobbles on their way'),
  held: z.int().describe('Scrobbles that wait for something, such as linking again'),
  profileUrl: z.string().nullable(),
  imageUrl: z.string().nullable(),
  ...choices.required().shape,
  profileCheckedAt: z.iso.datetime().nullable(),
});

export class LastfmMeDto extends createZodDto(lastfmMe) {
  static of(account: LastfmAccount, counts: WaitingCounts) {
    const { username, state, scrobblingEnabled, linkedAt, profile, profileCheckedAt } = account;
    return {
      username,
      state,
      scrobblingEnabled,
      linkedAt: linkedAt.toISOString(),
      ...counts,
      profileUrl: profile?.url ?? null,
      imageUrl: profile?.imageUrl ?? null,
      profileChecks: account.profileChecks,
      retriesVoice: account.retriesVoice,
      profileCheckedAt: profileCheckedAt?.toISOString() ?? null,
    };
  }
}

export class EditLastfmMeDto extends createZodDto(
  choices.refine((given) => Object.keys(given).length > 0, { error: 'Say what is to change.' }),
) {}

/** Nothing, or no value: the other way round. */
export class ToggleDto extends createZodDto(
  z.strictObject({ scrobblingEnabled: z.boolean().optional() }).prefault({}),
) {}

export class StartHandshakeQueryDto extends createZodDto(
  z.object({
    discordUserId: z
      .string()
      .max(200)
      .optional()
      .describe('With a bot key: whom to link. They need not have an account here yet'),
    discordName: shortName.optional().describe('What they are called on Discord, for the page that asks them'),
  }),
) {}

export class StartedHandshakeDto extends createZodDto(
  z.object({
    url: z.string().describe('Open this in a browser'),
    state: z.string(),
    expiresAt: z.iso.datetime(),
  }),
) {}

export class CallbackQueryDto extends createZodDto(
  z.object({ state: z.string().max(200).default(''), token: z.string().max(200).default('') }),
) {}

const state = z.string().min(1).max(200);

const replaces = z
  .strictObject({
    username: z.string().max(200).describe('The one that goes, as `pending` named it'),
    waiting: z.enum(['send', 'cancel']).describe('What becomes of the scrobbles that wait for it'),
  })
  .describe('Needed when another Last.fm account is linked; from its user only');

export class ConfirmLinkDto extends createZodDto(z.strictObject({ state, replaces: replaces.optional() })) {}

export class PendingLinkQueryDto extends createZodDto(z.object({ state })) {}

export class PendingLinkDto extends createZodDto(
  z.object({
    displayName: z.string().describe('The user here who would get the Last.fm account'),
    discord: z.object({ id: z.string(), name: z.string() }).nullable().describe('Who that user is on Discord'),
    username: z.string().describe('The Last.fm account that would be linked'),
    replaces: z
      .object({
        username: z.string(),
        waiting: z.int().describe('Scrobbles that wait for it: say whether they go to the new one or are cancelled'),
      })
      .nullable()
      .describe('The Last.fm account whose place it would take; told to its user only'),
    expiresAt: z.iso.datetime(),
  }),
) {}

export class LinkedDto extends createZodDto(z.object({ username: z.string() })) {}
