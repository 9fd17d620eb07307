import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { type PlaylistTrack, PlaylistsService } from '../../playlists/index.js';
import { DailyBudget } from '../budget/daily-budget.service.js';
import { utcDay } from '../budget/utc-day.js';
import { PlanChecks, type PlayWarning } from './plan-checks.service.js';
import { type LeaderboardUse, leaderboardUse } from './planner/leaderboard-limits.js';
import { wholeSecond } from './planner/pace.js';
import {
  type PlanBudget,
  type PlannedPause,
  type PlannedPlay,
  plannedPlays,
  type RunPlan,
  timetable,
} from './planner/timetable.js';
import { type RunRequest, ScrobbleRunsService } from './scrobble-runs.service.js';

/** A run that repeats is looked at for as long as leaderboards look back. */
const HORIZON_MS = 8 * 24 * 3600 * 1000;

export interface RunForecast {
  seed: number;
  /** One pass. */
  plays: Array<PlannedPlay & { track: PlaylistTrack; warnings: PlayWarning[] }>;
  endsAt: Date;
  unknownLength: number;
  pauses: PlannedPause[];
  /** By the UTC day in which each play is scrobbled; `used` counts what the account has scrobbled before. */
  perDay: Array<{ date: string; plays: number; used: number; cap: number }>;
  leaderboards: LeaderboardUse;
}

/** What a run would do if it were started now. Writes nothing. */
@Injectable()
export class RunPlanner {
  constructor(
    private readonly dataSource: DataSource,
    private readonly playlists: PlaylistsService,
    private readonly runs: ScrobbleRunsService,
    private readonly checks: PlanChecks,
    private readonly budget: DailyBudget,
    private readonly clock: Clock,
  ) {}

  /** @throws PlaylistNotFoundError */
  async plan(userId: UserId, request: RunRequest): Promise<RunForecast> {
    const { playlistId, pace, order, repeat, seed = this.runs.newSeed() } = request;
    const { tracks } = await this.playlists.requireOwned(userId, playlistId);
    const { manager } = this.dataSource;
    const earliest = await this.runs.findFirstFreeSecond(manager, userId);
    const now = this.clock.now();
    const startAt = wholeSecond(earliest > now ? earliest : now);
    const budget = await this.budget.forPlan(manager, userId);
    const plan: RunPlan = { tracks, order, seed, pace, repeat, startAt, budget };
    const plays = withTracks(timetable(plan), tracks);
    const warnings = await this.checks.check(userId, plays);
    return {
      seed,
      plays: plays.map((play, index) => ({ ...play, warnings: warnings[index] ?? [] })),
      endsAt: plays.at(-1)?.dueAt ?? startAt,
      unknownLength: tracks.filter(({ durationSeconds }) => durationSeconds === null).length,
      pauses: plays.flatMap(({ pause }) => pause ?? []),
      perDay: playsPerDay(plays, budget),
      leaderboards: leaderboardUse(withinHorizon(plan), budget),
    };
  }
}

function withTracks(
  plays: readonly PlannedPlay[],
  tracks: readonly PlaylistTrack[],
): Array<PlannedPlay & { track: PlaylistTrack }> {
  return plays.flatMap((play) => {
    const track = tracks[play.trackIndex];
    return track ? [{ ...play, track }] : [];
  });
}

/** The first pass, and of a run that repeats at least eight days. */
function withinHorizon(plan: RunPlan): Array<{ playAt: Date; durationSeconds: number | null }> {
  const end = plan.startAt.getTime() + HORIZON_MS;
  const plays: Array<{ playAt: Date; durationSeconds: number | null }> = [];
  for (const { pass, playAt, trackIndex } of plannedPlays(plan)) {
    if (pass > 0 && playAt.getTime() >= end) {
      break;
    }
    plays.push({ playAt, durationSeconds: plan.tracks[trackIndex]?.durationSeconds ?? null });
  }
  return plays;
}

function playsPerDay(plays: readonly PlannedPlay[], budget: PlanBudget): RunForecast['perDay'] {
  const counts = new Map<string, number>();
  for (const { dueAt } of plays) {
    counts.set(utcDay(dueAt), (counts.get(utcDay(dueAt)) ?? 0) + 1);
  }
  return [...counts].map(([date, count]) => ({
    date,
    plays: count,
    used: date === budget.usedOn ? budget.used : 0,
    cap: budget.capOn(date),
  }));
}
