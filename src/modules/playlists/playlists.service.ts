import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, ILike, Repository } from 'typeorm';

import { Clock } from '../../common/clock.js';
import type { Page } from '../../common/http/paging.js';
import type { VersionCondition } from '../../common/http/if-match.js';
import type { PlaylistId, UserId } from '../../common/ids.js';
import { literally } from '../../common/database/like-pattern.js';
import { UnitOfWork } from '../../events/unit-of-work.js';
import type { PlaylistTrack } from './playlist-track.js';
import { Playlist, type PlaylistChanges, type PlaylistDraft, type PlaylistSource } from './playlist.entity.js';
import { PlaylistNotFoundError } from './playlists.errors.js';

export type PlaylistSummary = Omit<
  Playlist,
  'tracks' | 'previousTracks' | 'canUndo' | 'change' | 'undo' | 'expectVersion'
>;

export interface PlaylistSearch {
  limit: number;
  offset: number;
  /** Part of a title, in any case. */
  q?: string | undefined;
}

/** Everything but the tracks, which may be megabytes. */
const SUMMARY = {
  id: true,
  ownerId: true,
  title: true,
  description: true,
  visibility: true,
  category: true,
  source: true,
  trackCount: true,
  durationSeconds: true,
  previousTrackCount: true,
  version: true,
  createdAt: true,
  updatedAt: true,
} as const;

@Injectable()
export class PlaylistsService {
  constructor(
    @InjectRepository(Playlist) private readonly playlists: Repository<Playlist>,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws PlaylistTooLongError */
  async create(ownerId: UserId, draft: PlaylistDraft, source: PlaylistSource = { kind: 'custom' }): Promise<Playlist> {
    const playlist = Playlist.compose(ownerId, draft, source, this.clock.now());
    await this.playlists.insert(playlist);
    return playlist;
  }

  /**
   * All or none, in one statement each but one transaction.
   *
   * @throws PlaylistTooLongError
   */
  async createAll(ownerId: UserId, drafts: readonly PlaylistDraft[], source: PlaylistSource): Promise<Playlist[]> {
    const now = this.clock.now();
    const playlists = drafts.map((draft) => Playlist.compose(ownerId, draft, source, now));
    await this.unitOfWork.run(async ({ manager }) => {
      for (const playlist of playlists) {
        await manager.insert(Playlist, playlist);
      }
    });
    return playlists;
  }

  /** The user's own, the newest change first, without their tracks. */
  async list(ownerId: UserId, { limit, offset, q }: PlaylistSearch): Promise<Page<PlaylistSummary>> {
    const [items, total] = await this.playlists.findAndCount({
      select: SUMMARY,
      where: { ownerId, ...(q && { title: ILike(`%${literally(q)}%`) }) },
      order: { updatedAt: 'DESC', id: 'DESC' },
      take: limit,
      skip: offset,
    });
    return { items, total };
  }

  /** @throws PlaylistNotFoundError, also for someone else's */
  async requireOwned(userId: UserId, playlistId: PlaylistId): Promise<Playlist> {
    const playlist = await this.playlists.findOneBy({ id: playlistId, ownerId: userId });
    if (!playlist) {
      throw new PlaylistNotFoundError();
    }
    return playlist;
  }

  /** The tracks for work that goes on without its owner asking, such as a run; null when the playlist is gone. */
  async findTracks(manager: EntityManager, playlistId: PlaylistId): Promise<PlaylistTrack[] | null> {
    const playlist = await manager.findOne(Playlist, { select: { id: true, tracks: true }, where: { id: playlistId } });
    return playlist?.tracks ?? null;
  }

  /** @throws PlaylistNotFoundError, PlaylistChangedError, PlaylistTooLongError */
  async update(
    userId: UserId,
    playlistId: PlaylistId,
    changes: PlaylistChanges,
    expected: VersionCondition,
  ): Promise<Playlist> {
    return this.changeLocked(userId, playlistId, expected, (playlist) => {
      playlist.change(changes, this.clock.now());
    });
  }

  /**
   * The last change of the tracks, taken back.
   *
   * @throws NothingToUndoError, PlaylistNotFoundError, PlaylistChangedError
   */
  async undo(userId: UserId, playlistId: PlaylistId, expected: VersionCondition): Promise<Playlist> {
    return this.changeLocked(userId, playlistId, expected, async (playlist, manager) => {
      const select = { id: true, previousTracks: true } as const;
      const stored = await manager.findOneOrFail(Playlist, { select, where: { id: playlistId } });
      playlist.undo(stored.previousTracks ?? null, this.clock.now());
    });
  }

  /**
   * The playlist under its row lock, changed by the work and written: of two changes made at once on the same version
   * the second one is refused.
   *
   * @throws PlaylistNotFoundError, PlaylistChangedError, and whatever the work throws
   */
  async changeLocked(
    userId: UserId,
    playlistId: PlaylistId,
    expected: VersionCondition,
    work: (playlist: Playlist, manager: EntityManager) => void | Promise<void>,
  ): Promise<Playlist> {
    return this.unitOfWork.run(async ({ manager }) => {
      const playlist = await manager.findOne(Playlist, {
        where: { id: playlistId, ownerId: userId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!playlist) {
        throw new PlaylistNotFoundError();
      }
      playlist.expectVersion(expected);
      const before = new Map(Object.entries(playlist));
      await work(playlist, manager);
      await writeDifference(manager, before, playlist);
      return playlist;
    });
  }

  /** @throws PlaylistNotFoundError, also for someone else's */
  async delete(userId: UserId, playlistId: PlaylistId): Promise<void> {
    const { affected } = await this.playlists.delete({ id: playlistId, ownerId: userId });
    if (!affected) {
      throw new PlaylistNotFoundError();
    }
  }
}

/** Only the columns that are others now: the tracks may be megabytes. */
async function writeDifference(
  manager: EntityManager,
  before: Map<string, unknown>,
  playlist: Playlist,
): Promise<void> {
  const columns = Object.entries(playlist).filter(([name, value]) => before.get(name) !== value);
  if (columns.length > 0) {
    await manager.update(Playlist, { id: playlist.id }, Object.fromEntries(columns));
  }
}
