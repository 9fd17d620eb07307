import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { pagingQuery } from '../../../../common/http/paging.js';
import type { PlaylistId } from '../../../../common/ids.js';
import type { RunCounts } from '../../ledger/scrobble-history.service.js';
import { TRACK_ORDERS } from '../planner/track-order.js';
import { PLAY_WARNINGS, type PlayWarning } from '../plan-checks.service.js';
import { MOST_HOURS_IN_8_DAYS, MOST_PLAYS_A_DAY } from '../planner/leaderboard-limits.js';
import type { RunForecast } from '../run-planner.service.js';
import { PAUSE_REASONS, type ScrobbleRun } from '../scrobble-run.entity.js';

const moment = z.iso.datetime();
const order = z.enum(TRACK_ORDERS);
const pace = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('interval'),
    minutes: z.int().min(1).max(60).describe('A track every so many minutes'),
  }),
  z.strictObject({ kind: z.literal('realtime') }).describe('Each track for as long as it lasts'),
]);
const seed = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .describe('Makes the shuffle: the same seed, the same order');

const runTrack = z.object({
  artist: z.string(),
  title: z.string(),
  album: z.string().nullable(),
  durationSeconds: z.int().nullable(),
});

const run = z
  .object({
    id: z.uuid(),
    playlistId: z.uuid().nullable().describe('Null once the playlist has been deleted'),
    playlistTitle: z.string(),
    state: z.enum(['running', 'paused', 'completed', 'stopped']),
    pausedReason: z.enum(PAUSE_REASONS).nullable(),
    resumesAt: moment
      .nullable()
      .describe('When it goes on by itself: the account has had all its automatic scrobbles of the day'),
    pace,
    order,
    repeat: z.boolean(),
    seed,
    pass: z.int().describe('How often the whole playlist has been played'),
    position: z.int().describe('Tracks of this pass that have been played'),
    trackCount: z.int(),
    currentTrack: runTrack.nullable().describe('The track that is scrobbled next'),
    nextDueAt: moment.nullable().describe('When it is scrobbled'),
    startedAt: moment,
    finishedAt: moment.nullable(),
    gapSeconds: z.int().describe('For how long the service was down meanwhile; nothing is filled in for it'),
    lastGap: z.object({ from: moment, until: moment }).nullable(),
    counts: z.object({ accepted: z.int(), ignored: z.int(), failed: z.int(), queued: z.int() }),
  })
  .meta({ id: 'ScrobbleRun' });

const NO_COUNTS: RunCounts = { accepted: 0, ignored: 0, failed: 0, queued: 0 };

const isoOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

export class ScrobbleRunDto extends createZodDto(run) {
  static of(entity: ScrobbleRun, counts: RunCounts = NO_COUNTS): ScrobbleRunDto {
    const { id, playlistId, playlistTitle, state, pausedReason, order: trackOrder, repeat, pass, position } = entity;
    const { currentTrack, lastGapFrom, lastGapUntil } = entity;
    return {
      id,
      playlistId,
      playlistTitle,
      state,
      pausedReason,
      resumesAt: isoOrNull(entity.resumesAt),
      pace: entity.pace,
      order: trackOrder,
      repeat,
      seed: entity.seed,
      pass,
      position,
      trackCount: entity.trackCount,
      currentTrack: entity.isActive && currentTrack ? currentTrack : null,
      nextDueAt: isoOrNull(entity.nextDueAt),
      startedAt: entity.startedAt.toISOString(),
      finishedAt: isoOrNull(entity.finishedAt),
      gapSeconds: entity.gapSeconds,
      lastGap:
        lastGapFrom && lastGapUntil ? { from: lastGapFrom.toISOString(), until: lastGapUntil.toISOString() } : null,
      counts,
    };
  }
}

export class ScrobbleRunListDto extends createZodDto(z.object({ items: z.array(run), total: z.int() })) {}

export class RunQueryDto extends createZodDto(z.object(pagingQuery)) {}

export class StartScrobbleRunDto extends createZodDto(
  z.strictObject({
    playlistId: z.uuid().transform((id) => id as PlaylistId),
    pace,
    order,
    repeat: z.boolean(),
    seed: seed.optional(),
  }),
) {}

export class EditScrobbleRunDto extends createZodDto(
  z.strictObject({ pace: pace.optional(), order: order.optional(), repeat: z.boolean().optional() }),
) {}

/** A longer timetable would not be read; the totals cover all of it. */
const MOST_PLAYS_SHOWN = 1_000;

export class RunPlanDto extends createZodDto(
  z.object({
    seed: seed.describe('Start the run with it to get exactly this order'),
    trackCount: z.int(),
    endsAt: moment.describe('When the last track of the first pass is scrobbled'),
    unknownLength: z.int().describe('Tracks without a length, taken to last 3:30'),
    warnings: z
      .object({
        tooShort: z
          .int()
          .describe('Tracks under 30 seconds: by its rules Last.fm counts none, though it may take some'),
        ignoredBefore: z.int().describe('Tracks that Last.fm has filtered before'),
        samePlay: z.int().describe('Plays that would be recorded as duplicates'),
        sameSecond: z.int().describe('Plays in a second that another scrobble has'),
      })
      .describe('How many plays of the first pass have each warning'),
    pauses: z
      .array(z.object({ pausesAt: moment, resumesAt: moment }))
      .describe('When the daily budget is spent, and when the run goes on'),
    perDay: z
      .array(
        z.object({
          date: z.iso.date(),
          plays: z.int(),
          used: z.int().describe('What the account has scrobbled already on that day'),
          cap: z.int().describe('From so many scrobbles on automation waits for the next day'),
        }),
      )
      .describe('By UTC day'),
    leaderboards: z
      .object({ mostPlaysADay: z.int(), mostHoursIn8Days: z.number(), exceeds: z.boolean() })
      .describe(
        `Public leaderboards leave out who has more than ${MOST_PLAYS_A_DAY} plays a day or ${MOST_HOURS_IN_8_DAYS} hours in 8 days`,
      ),
    plays: z
      .array(
        runTrack.extend({
          position: z.int(),
          playAt: moment,
          dueAt: moment.describe('When it is scrobbled'),
          warnings: z.array(z.enum(PLAY_WARNINGS)),
        }),
      )
      .describe(`The first ${MOST_PLAYS_SHOWN} plays`),
  }),
) {
  static of(forecast: RunForecast): RunPlanDto {
    const { plays, endsAt, seed: usedSeed, unknownLength, pauses, perDay, leaderboards } = forecast;
    const count = (warning: PlayWarning): number => plays.filter(({ warnings }) => warnings.includes(warning)).length;
    return {
      seed: usedSeed,
      unknownLength,
      perDay,
      leaderboards,
      trackCount: plays.length,
      endsAt: endsAt.toISOString(),
      warnings: {
        tooShort: count('too_short'),
        ignoredBefore: count('ignored_before'),
        samePlay: count('same_play'),
        sameSecond: count('same_second'),
      },
      pauses: pauses.map(({ pausesAt, resumesAt }) => ({
        pausesAt: pausesAt.toISOString(),
        resumesAt: resumesAt.toISOString(),
      })),
      plays: plays.slice(0, MOST_PLAYS_SHOWN).map(({ track, position, playAt, dueAt, warnings }) => ({
        ...track,
        position,
        playAt: playAt.toISOString(),
        dueAt: dueAt.toISOString(),
        warnings,
      })),
    };
  }
}
