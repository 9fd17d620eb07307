import { randomInt } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { isUniqueViolation } from '../../../common/database/is-unique-violation.js';
import { isReferenceGone } from '../../../common/database/is-user-gone.js';
import type { Page } from '../../../common/http/paging.js';
import type { PlaylistId, ScrobbleRunId, UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { LastfmAccountNotLinkedError, LastfmAccountsService, LastfmKeyRejectedError } from '../../lastfm/index.js';
import { PlaylistNotFoundError, PlaylistsService } from '../../playlists/index.js';
import { DailyBudget } from '../budget/daily-budget.service.js';
import {
  DailyBudgetSpentError,
  PlaylistEmptyError,
  ScrobblingDisabledError,
  ScrobbleRunAlreadyActiveError,
  ScrobbleRunNotFoundError,
  ScrobbleRunOverError,
} from '../scrobbling.errors.js';
import { type RunSettings, ScrobbleRun } from './scrobble-run.entity.js';

/** Seeds are 32-bit, as the generator and the column are. */
const MAX_SEED = 2 ** 31 - 1;

export interface RunRequest extends RunSettings {
  playlistId: PlaylistId;
  /** The seed of a dry run, to have exactly that order. */
  seed?: number | undefined;
}

@Injectable()
export class ScrobbleRunsService {
  constructor(
    @InjectRepository(ScrobbleRun) private readonly runs: Repository<ScrobbleRun>,
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: LastfmAccountsService,
    private readonly playlists: PlaylistsService,
    private readonly budget: DailyBudget,
    private readonly clock: Clock,
  ) {}

  newSeed(): number {
    return randomInt(MAX_SEED);
  }

  /**
   * Starts a run; its first track is due at once.
   * @throws LastfmAccountNotLinkedError, LastfmKeyRejectedError, ScrobblingDisabledError, PlaylistNotFoundError,
   *   PlaylistEmptyError, ScrobbleRunAlreadyActiveError
   */
  async start(userId: UserId, { playlistId, seed = this.newSeed(), ...settings }: RunRequest): Promise<ScrobbleRun> {
    const playlist = await this.playlists.requireOwned(userId, playlistId);
    if (playlist.tracks.length === 0) {
      throw new PlaylistEmptyError();
    }
    try {
      return await this.unitOfWork.run(async (tx) => {
        await this.requireReadyAccount(tx, userId);
        const earliest = await this.findFirstFreeSecond(tx.manager, userId);
        const run = ScrobbleRun.start({ userId, playlist, settings, seed, now: this.clock.now(), earliest });
        await tx.manager.insert(ScrobbleRun, run);
        tx.publish('scrobble-run.started', { runId: run.id, userId });
        await tx.updateLive(userId, { kind: 'run', ids: [run.id] });
        return run;
      });
    } catch (error) {
      // The database decides who wins when two starts race, so there is no check-then-insert here.
      if (isUniqueViolation(error, 'one_active_run_per_user')) {
        throw new ScrobbleRunAlreadyActiveError();
      }
      // Deleted since it was read.
      if (isReferenceGone(error, 'playlist')) {
        throw new PlaylistNotFoundError();
      }
      throw error;
    }
  }

  async list(userId: UserId, limit: number, offset: number): Promise<Page<ScrobbleRun>> {
    const [items, total] = await this.runs.findAndCount({
      where: { userId },
      order: { startedAt: 'DESC', id: 'DESC' },
      take: limit,
      skip: offset,
    });
    return { items, total };
  }

  /** @throws ScrobbleRunNotFoundError, also for someone else's */
  async require(userId: UserId, id: ScrobbleRunId): Promise<ScrobbleRun> {
    const run = await this.runs.findOneBy({ id, userId });
    if (!run) {
      throw new ScrobbleRunNotFoundError();
    }
    return run;
  }

  /** @throws ScrobbleRunNotFoundError, IllegalRunTransitionError */
  async pause(userId: UserId, id: ScrobbleRunId): Promise<ScrobbleRun> {
    return this.change(userId, id, (run) => {
      run.pause('user');
    });
  }

  /**
   * Goes on, or waits for the next day where the day's budget is spent.
   * @throws ScrobbleRunNotFoundError, IllegalRunTransitionError, DailyBudgetSpentError when it waits already, and as `start` for an account that
   *   is not ready
   */
  async resume(userId: UserId, id: ScrobbleRunId): Promise<ScrobbleRun> {
    return this.change(userId, id, async (run, tx) => {
      await this.requireReadyAccount(tx, userId);
      const until = await this.findSpentUntil(tx, userId);
      if (until && run.pausedReason === 'daily_budget') {
        throw new DailyBudgetSpentError(until);
      }
      if (until) {
        run.resumeLater(until);
      } else {
        run.resume(this.clock.now());
      }
    });
  }

  /** @throws ScrobbleRunNotFoundError, IllegalRunTransitionError */
  async stop(userId: UserId, id: ScrobbleRunId): Promise<ScrobbleRun> {
    return this.change(userId, id, (run) => {
      run.stop(this.clock.now());
    });
  }

  /** @throws ScrobbleRunNotFoundError, ScrobbleRunOverError */
  async edit(
    userId: UserId,
    id: ScrobbleRunId,
    changes: { [Key in keyof RunSettings]?: RunSettings[Key] | undefined },
  ): Promise<ScrobbleRun> {
    return this.change(userId, id, async (run, { manager }) => {
      if (!run.isActive) {
        throw new ScrobbleRunOverError();
      }
      const settings = {
        pace: changes.pace ?? run.pace,
        order: changes.order ?? run.order,
        repeat: changes.repeat ?? run.repeat,
      };
      const tracks = run.playlistId && (await this.playlists.findTracks(manager, run.playlistId));
      run.edit(settings, tracks ?? run.upcoming.slice(run.windowPosition), this.clock.now());
    });
  }

  /** No two plays of a user's runs share a second, not even when one run starts as another ends. */
  async findFirstFreeSecond(manager: EntityManager, userId: UserId): Promise<Date> {
    const [row]: Array<{ last: Date | null }> = await manager.query(
      'select max(last_played_at) as last from scrobble_run where user_id = $1',
      [userId],
    );
    return new Date((row?.last?.getTime() ?? 0) + 1000);
  }

  /**
   * A run is only ever changed under its row lock, so that a pause and a tick cannot undo each other.
   * @throws ScrobbleRunNotFoundError, and what the change throws
   */
  change(
    userId: UserId,
    id: ScrobbleRunId,
    change: (run: ScrobbleRun, tx: Transaction) => Promise<void> | void,
  ): Promise<ScrobbleRun> {
    return this.unitOfWork.run(async (tx) => {
      const run = await tx.manager.findOne(ScrobbleRun, {
        where: { id, userId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!run) {
        throw new ScrobbleRunNotFoundError();
      }
      await change(run, tx);
      await tx.manager.save(run);
      await tx.updateLive(userId, { kind: 'run', ids: [run.id] });
      return run;
    });
  }

  private async requireReadyAccount(tx: Transaction, userId: UserId): Promise<void> {
    const account = await this.accounts.lockWithin(tx, userId);
    if (!account) {
      throw new LastfmAccountNotLinkedError();
    }
    if (account.state === 'rejected') {
      throw new LastfmKeyRejectedError();
    }
    if (!account.scrobblingEnabled) {
      throw new ScrobblingDisabledError();
    }
  }

  private async findSpentUntil({ manager }: Transaction, userId: UserId): Promise<Date | undefined> {
    return (await this.budget.findSpent(manager, [userId])).get(userId);
  }
}
