import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { type PlaylistTrack, PlaylistsService } from '../../playlists/index.js';
import { DailyBudget } from '../budget/daily-budget.service.js';
import { utcDay } from '../budget/utc-day.js';
import { LASTFM } from '../delivery/delivery-state.js';
import { PlanChecks, type PlayWarning } from './plan-checks.service.js';
import { type LeaderboardUse, leaderboardUse, type TimedPlay, WINDOW_MS } from './planner/leaderboard-limits.js';
import { wholeSecond } from './planner/pace.js';
import {
  type PlanBudget,
  type PlannedPause,
  type PlannedPlay,
  plannedPlays,
  type RunPlan,
  timetable,
  usedBefore,
} from './planner/timetable.js';
import { type RunRequest, ScrobbleRunsService } from './scrobble-runs.service.js';

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
      leaderboards: leaderboardUse([...(await this.findLately(userId, startAt)), ...withinHorizon(plan)]),
    };
  }

  /** What leaderboards still see of what the account has played, oldest first. */
  private findLately(userId: UserId, before: Date): Promise<TimedPlay[]> {
    return this.dataSource.query(
      `select s.played_at as "playAt", s.duration_seconds as "durationSeconds"
         from scrobble s join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id and d.destination = $4
        where s.user_id = $1 and s.played_at > $2 and s.played_at < $3
          and d.state in ('queued', 'held', 'sending', 'accepted')
        order by s.played_at`,
      [userId, new Date(before.getTime() - WINDOW_MS), before, LASTFM],
    );
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

/** The first pass, and of a run that repeats at least as long as leaderboards look back. */
function withinHorizon(plan: RunPlan): TimedPlay[] {
  const end = plan.startAt.getTime() + WINDOW_MS;
  const plays: TimedPlay[] = [];
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
    used: usedBefore(budget, date),
    cap: budget.capOn(date),
  }));
}
