import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { DELIVERY_REASONS } from '../../delivery/delivery-reason.js';
import { DELIVERY_STATES } from '../../delivery/delivery-state.js';
import { PROVENANCES, SCROBBLE_SOURCES } from '../play.js';
import type { ScrobbleResend } from '../../resend/scrobble-resend.entity.js';
import type { ScrobbleRecord } from '../scrobble-record.js';

const moment = z.iso.datetime();

const scrobble = z
  .object({
    id: z.uuid(),
    artist: z.string(),
    title: z.string(),
    album: z.string().nullable(),
    albumArtist: z.string().nullable(),
    durationSeconds: z.int().nullable(),
    playedAt: moment.describe('When the play started'),
    state: z.enum(DELIVERY_STATES).describe('Where its delivery to Last.fm stands'),
    source: z.enum(SCROBBLE_SOURCES),
    provenance: z.enum(PROVENANCES),
    reason: z.enum(DELIVERY_REASONS).nullable().describe('A stable word for why it waits or stopped'),
    verdict: z
      .object({
        code: z.int().nullable().describe('0 accepted, 1 to 5 ignored, or the number of the error'),
        message: z.string(),
        corrected: z
          .object({
            artist: z.string().optional(),
            title: z.string().optional(),
            album: z.string().optional(),
            albumArtist: z.string().optional(),
          })
          .nullable()
          .describe('Names as Last.fm corrected them'),
      })
      .nullable()
      .describe("Last.fm's own words"),
    attempts: z.int(),
    nextAttemptAt: moment.nullable(),
    deadlineAt: moment.describe('From then on Last.fm would not take it'),
    duplicateOf: z.uuid().nullable(),
    createdAt: moment,
    sentAt: moment.nullable(),
    missingSince: moment.nullable().describe('Accepted, but the daily check did not find it on the profile'),
  })
  .meta({ id: 'Scrobble' });

export const scrobbleSchema = scrobble;

function toScrobble(record: ScrobbleRecord): z.output<typeof scrobble> {
  const { verdictCode: code, verdictMessage: message, corrected, ...rest } = record;
  return {
    ...rest,
    playedAt: record.playedAt.toISOString(),
    verdict: message === null ? null : { code, message, corrected },
    nextAttemptAt: record.nextAttemptAt?.toISOString() ?? null,
    deadlineAt: record.deadlineAt.toISOString(),
    createdAt: record.createdAt.toISOString(),
    sentAt: record.sentAt?.toISOString() ?? null,
    missingSince: record.missingSince?.toISOString() ?? null,
  };
}

export class ScrobbleDto extends createZodDto(scrobble) {
  static of(record: ScrobbleRecord): ScrobbleDto {
    return toScrobble(record);
  }
}

export class ScrobbleListDto extends createZodDto(z.object({ items: z.array(scrobble), total: z.int() })) {}

export class RecordedScrobblesDto extends createZodDto(z.object({ items: z.array(scrobble) })) {}

const names = z.object({
  artist: z.string(),
  title: z.string(),
  album: z.string().nullable(),
  albumArtist: z.string().nullable(),
  durationSeconds: z.int().nullable(),
});

/** One scrobble with what happened to it before it was sent again. */
export class ScrobbleDetailDto extends createZodDto(
  scrobble
    .extend({
      resends: z
        .array(
          z.object({
            resentAt: moment,
            previousState: z.enum(DELIVERY_STATES),
            previousReason: z.string().nullable(),
            verdictCode: z.int().nullable(),
            verdictMessage: z.string().nullable(),
            namesBefore: names.nullable().describe('Null when nothing was corrected'),
          }),
        )
        .describe('How it had ended each time before it was sent again, the first time first'),
    })
    .meta({ id: 'ScrobbleDetail' }),
) {
  static with(record: ScrobbleRecord, resends: readonly ScrobbleResend[]): ScrobbleDetailDto {
    return {
      ...toScrobble(record),
      resends: resends.map(({ resentAt, previousState, previousReason, verdictCode, verdictMessage, namesBefore }) => ({
        resentAt: resentAt.toISOString(),
        previousState,
        previousReason,
        verdictCode,
        verdictMessage,
        namesBefore,
      })),
    };
  }
}
