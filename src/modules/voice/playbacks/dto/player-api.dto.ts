import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { isSnowflake } from '../../../auth/index.js';
import { durationField, nameField } from '../../../scrobbling/index.js';
import type { PlaybackId } from '../../../../common/ids.js';
import { DECISION_REASONS, sentenceOf } from '../../decisions/decision-reason.js';
import type { VoiceDecision } from '../../decisions/voice-decision.entity.js';
import { END_REASONS } from '../../threshold/playback-fact.js';
import { THRESHOLD_POLICIES } from '../../threshold/threshold-policy.js';
import type { Playback } from '../playback.entity.js';
import type { PlaybackStart, PlayerEvent } from '../player-event.js';

const MOST_LISTENERS = 500;
const MOST_EVENTS = 100;
const MOST_KEPT_ALIVE = 1_000;
const LONGEST_POSITION_SECONDS = 7 * 86_400;

const snowflake = z.string().refine((text) => isSnowflake(text), 'Must be an id of Discord’s, as text.');
const moment = z.iso.datetime({ offset: true });
const shortName = z.string().trim().min(1).max(100);
const eventId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\x21-\x7e]+$/, 'Must be letters, digits and signs without blanks.')
  .describe('Your own name for it. Sent again with the same one, it counts once');

const listener = z.strictObject({
  discordUserId: snowflake,
  isDeafened: z.boolean().default(false).describe('By themselves or by the server: they hear nothing'),
});
const listeners = z.array(listener).max(MOST_LISTENERS).describe('Everyone in the channel, without bots');

export class StartPlaybackDto extends createZodDto(
  z.strictObject({
    eventId,
    guildId: snowflake,
    guildName: shortName.nullish().describe('So that listeners recognise the server on screen'),
    channelId: snowflake,
    channelName: shortName.nullish(),
    artist: nameField,
    title: nameField,
    album: nameField.nullish(),
    durationSeconds: durationField.nullish().describe('Left out: unknown, as of a stream'),
    requestedBy: snowflake
      .nullish()
      .describe('Who chose the track; for everyone else Last.fm is told that they did not'),
    startedAt: moment.describe('At most an hour ago'),
    listeners,
  }),
) {}

const told = { eventId, at: moment.describe('When it happened, not when it is sent') };
const one = { discordUserId: snowflake };

const event = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['paused', 'resumed']), ...told }),
  z.strictObject({ kind: z.literal('node_failed'), ...told }),
  z.strictObject({ kind: z.literal('seeked'), ...told, positionSeconds: z.int().min(0).max(LONGEST_POSITION_SECONDS) }),
  z.strictObject({
    kind: z.literal('ended'),
    ...told,
    because: z.enum(END_REASONS).exclude(['replaced', 'player_silent']).default('finished'),
  }),
  z.strictObject({ kind: z.literal('joined'), ...told, ...listener.shape }),
  z.strictObject({ kind: z.enum(['left', 'deafened', 'undeafened']), ...told, ...one }),
  z.strictObject({
    kind: z.literal('moved'),
    ...told,
    channelId: snowflake,
    channelName: shortName.nullish(),
    listeners,
  }),
  z.strictObject({
    kind: z.literal('returned'),
    ...told,
    since: moment.nullish().describe('Until when you saw the music play; left out: when you last told us anything'),
    listeners,
  }),
]);

export class PlaybackEventsDto extends createZodDto(
  z.strictObject({ events: z.array(event).min(1).max(MOST_EVENTS) }),
) {}

export class KeepAliveDto extends createZodDto(
  z.strictObject({ playbackIds: z.array(z.uuid()).min(1).max(MOST_KEPT_ALIVE) }),
) {
  static idsOf({ playbackIds }: KeepAliveDto): PlaybackId[] {
    return playbackIds as PlaybackId[];
  }
}

const decision = z.object({
  discordUserId: z.string(),
  reason: z.enum(DECISION_REASONS),
  sentence: z.string().describe('The reason, for the listener'),
  decidedAt: z.string().nullable().describe('Null: it may still turn out otherwise'),
  scrobbleId: z.uuid().nullable(),
});

const playback = z
  .object({
    id: z.uuid(),
    guildId: z.string(),
    channelId: z.string(),
    artist: z.string(),
    title: z.string(),
    startedAt: z.string(),
    endedAt: z.string().nullable(),
    endReason: z.enum(END_REASONS).nullable(),
    policy: z.enum(THRESHOLD_POLICIES),
    thresholdSeconds: z.number().nullable().describe('So much has to be heard; null: a track this short never counts'),
    decideAt: z.string().nullable().describe('When its threshold is reached if nothing else happens'),
    decidedAt: z.string().nullable(),
    decisions: z.array(decision).describe('One for everyone who was there'),
  })
  .meta({ id: 'Playback' });

export class PlaybackDto extends createZodDto(playback) {
  static of(of: Playback, decisions: readonly VoiceDecision[]): PlaybackDto {
    const { id, guildId, channelId, artist, title, endReason, policy, thresholdMs } = of;
    return {
      ...{ id, guildId, channelId, artist, title, endReason, policy },
      startedAt: of.startedAt.toISOString(),
      endedAt: of.endedAt?.toISOString() ?? null,
      thresholdSeconds: thresholdMs === null ? null : thresholdMs / 1000,
      decideAt: of.decideAt?.toISOString() ?? null,
      decidedAt: of.decidedAt?.toISOString() ?? null,
      decisions: decisions.map(({ discordUserId, reason, decidedAt, scrobbleId }) => ({
        ...{ discordUserId, reason, scrobbleId },
        sentence: sentenceOf(reason),
        decidedAt: decidedAt?.toISOString() ?? null,
      })),
    };
  }
}

export class PlaybackListDto extends createZodDto(
  z.object({ items: z.array(playback.omit({ decisions: true }).meta({ id: 'OpenPlayback' })), total: z.int() }),
) {
  static of(open: readonly Playback[]): PlaybackListDto {
    return { items: open.map((each) => PlaybackDto.of(each, [])), total: open.length };
  }
}

export function toStart({ startedAt, ...start }: StartPlaybackDto): PlaybackStart {
  const { guildName, channelName, album, durationSeconds, requestedBy } = start;
  return {
    ...start,
    at: new Date(startedAt),
    guildName: guildName ?? null,
    channelName: channelName ?? null,
    album: album ?? null,
    durationSeconds: durationSeconds ?? null,
    requestedBy: requestedBy ?? null,
  };
}

export function toEvents({ events }: PlaybackEventsDto): PlayerEvent[] {
  return events.map((each): PlayerEvent => {
    const at = new Date(each.at);
    if (each.kind === 'joined') {
      const { discordUserId, isDeafened, ...rest } = each;
      return { ...rest, at, listener: { discordUserId, isDeafened } };
    }
    if (each.kind === 'moved') {
      return { ...each, at, channelName: each.channelName ?? null };
    }
    if (each.kind === 'returned') {
      return { ...each, at, since: each.since ? new Date(each.since) : null };
    }
    return { ...each, at };
  });
}
