import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { pagingQuery } from '../../../../common/http/paging.js';
import { ScrobbleDto, scrobbleSchema } from '../../../scrobbling/index.js';
import { DECISION_REASONS, sentenceOf } from '../decision-reason.js';
import type { ExplainedDecision } from '../voice-decisions.service.js';

const decision = z
  .object({
    playbackId: z.uuid(),
    guildId: z.string(),
    guildName: z.string().nullable(),
    channelId: z.string(),
    channelName: z.string().nullable(),
    artist: z.string(),
    title: z.string(),
    album: z.string().nullable(),
    durationSeconds: z.int().nullable(),
    startedAt: z.string(),
    reason: z.enum(DECISION_REASONS),
    sentence: z.string().describe('The reason, for people'),
    decidedAt: z.string().nullable().describe('Null: it may still turn out otherwise'),
    scrobble: scrobbleSchema.nullable().describe('Where it stands on its way to Last.fm'),
  })
  .meta({ id: 'VoiceDecision' });

export class VoiceDecisionQueryDto extends createZodDto(
  z.object({ ...pagingQuery, guildId: z.string().max(20).optional().describe('Of this Discord server only') }),
) {}

export class VoiceDecisionListDto extends createZodDto(z.object({ items: z.array(decision), total: z.int() })) {
  static of(items: readonly ExplainedDecision[], total: number): VoiceDecisionListDto {
    return { items: items.map((each) => toDecision(each)), total };
  }
}

function toDecision(explained: ExplainedDecision): z.output<typeof decision> {
  const { playbackId, guildId, guildName, channelId, channelName } = explained;
  const { artist, title, album, durationSeconds, reason, scrobble } = explained;
  return {
    ...{ playbackId, guildId, guildName, channelId, channelName, artist, title, album, durationSeconds, reason },
    sentence: sentenceOf(reason),
    startedAt: explained.startedAt.toISOString(),
    decidedAt: explained.decidedAt?.toISOString() ?? null,
    scrobble: scrobble && ScrobbleDto.of(scrobble),
  };
}
