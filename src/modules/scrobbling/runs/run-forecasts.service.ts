import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';

import type { ScrobbleRunId, UserId } from '../../../common/ids.js';
import { PlaylistsService } from '../../playlists/index.js';
import { DailyBudget } from '../budget/daily-budget.service.js';
import { type PlannedPause, plannedPlays } from './planner/timetable.js';
import { ScrobbleRun } from './scrobble-run.entity.js';

export interface RunPauseForecast {
  runId: ScrobbleRunId;
  /** Null: it waits already. */
  pausesAt: Date | null;
  resumesAt: Date;
}

/** A pause that is further ahead than this many plays is no news for anyone today. */
const MOST_PLAYS_AHEAD = 3_000;

/** When the daily budget will make a user's run wait. */
@Injectable()
export class RunForecasts {
  constructor(
    @InjectRepository(ScrobbleRun) private readonly runs: Repository<ScrobbleRun>,
    private readonly playlists: PlaylistsService,
    private readonly budget: DailyBudget,
  ) {}

  /** The next pause of the active run, the present one included; null when there is none ahead. */
  async findNextPause(userId: UserId): Promise<RunPauseForecast | null> {
    const run = await this.runs.findOneBy({ userId, state: In(['running', 'paused']) });
    if (!run) {
      return null;
    }
    if (run.resumesAt) {
      return { runId: run.id, pausesAt: null, resumesAt: run.resumesAt };
    }
    const pause = run.state === 'running' ? await this.findPauseAhead(run) : null;
    return pause && { runId: run.id, ...pause };
  }

  private async findPauseAhead(run: ScrobbleRun): Promise<PlannedPause | null> {
    const { manager } = this.runs;
    const { playlistId, nextPlayAt: startAt, order, seed, pace, repeat } = run;
    const tracks = playlistId && (await this.playlists.findTracks(manager, playlistId));
    if (!tracks || !startAt) {
      return null;
    }
    const budget = await this.budget.forPlan(manager, run.userId);
    let ahead = 0;
    for (const { pause } of plannedPlays({ tracks, order, seed, pace, repeat, startAt, budget, from: run })) {
      ahead += 1;
      if (pause || ahead > MOST_PLAYS_AHEAD) {
        return pause;
      }
    }
    return null;
  }
}
