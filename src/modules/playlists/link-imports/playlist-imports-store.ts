import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { isUniqueViolation } from '../../../common/database/is-unique-violation.js';
import type { PlaylistImportId, UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { Jobs } from '../../../jobs/jobs.service.js';
import type { PlatformEntry, PlatformPage } from '../../platforms/index.js';
import { PlaylistImportPage } from './playlist-import-page.entity.js';
import { PlaylistImport } from './playlist-import.entity.js';
import { PlaylistImportNotFoundError, PlaylistImportUnderWayError } from './playlist-import.errors.js';

const DAY_MS = 24 * 60 * 60_000;
/** So long the result of an import can be looked at. */
const KEPT_DAYS = 30;
const RESUMED_AT_ONCE = 100;

/** Imports from platforms, what has been read of them, and the jobs that read on. */
@Injectable()
export class PlaylistImportsStore {
  constructor(
    @InjectRepository(PlaylistImport) private readonly imports: Repository<PlaylistImport>,
    @InjectRepository(PlaylistImportPage) private readonly pages: Repository<PlaylistImportPage>,
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  find(userId: UserId, id: PlaylistImportId): Promise<PlaylistImport | null> {
    return this.imports.findOneBy({ id, userId });
  }

  /** @throws PlaylistImportNotFoundError, also for someone else's */
  async require(userId: UserId, id: PlaylistImportId): Promise<PlaylistImport> {
    const found = await this.find(userId, id);
    if (!found) {
      throw new PlaylistImportNotFoundError();
    }
    return found;
  }

  /**
   * Keeps it with the pages that have been read already, and has the rest read.
   * @throws PlaylistImportUnderWayError
   */
  async begin(one: PlaylistImport, pages: readonly PlatformPage[]): Promise<void> {
    try {
      await this.unitOfWork.run(async (tx) => {
        await tx.manager.insert(PlaylistImport, one);
        for (const page of pages) {
          await this.addPage(tx, one, page);
        }
        await this.save(tx, one);
        await this.enqueueIfDue(tx, one);
      });
    } catch (error) {
      throw isUniqueViolation(error, 'one_open_import_per_playlist') ? new PlaylistImportUnderWayError() : error;
    }
  }

  /** Within `change` or `begin`. */
  async addPage({ manager }: Transaction, one: PlaylistImport, { entries, next }: PlatformPage): Promise<void> {
    await manager.insert(PlaylistImportPage, { importId: one.id, start: one.next ?? 0, entries });
    one.addPage(entries.length, next);
  }

  /** All that has been read, in order. */
  async entriesOf({ id }: PlaylistImport): Promise<PlatformEntry[]> {
    const pages = await this.pages.find({ where: { importId: id }, order: { start: 'ASC' } });
    return pages.flatMap(({ entries }) => entries);
  }

  async forgetPages({ manager }: Transaction, { id }: PlaylistImport): Promise<void> {
    await manager.delete(PlaylistImportPage, { importId: id });
  }

  /**
   * Reads, changes and saves it under its row lock, and tells its person's browsers.
   * @throws PlaylistImportNotFoundError
   */
  async change(
    userId: UserId,
    id: PlaylistImportId,
    work: (one: PlaylistImport, tx: Transaction) => Promise<void> | void,
  ): Promise<PlaylistImport> {
    return this.unitOfWork.run(async (tx) => {
      const one = await tx.manager.findOne(PlaylistImport, {
        where: { id, userId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!one) {
        throw new PlaylistImportNotFoundError();
      }
      await work(one, tx);
      await this.save(tx, one);
      return one;
    });
  }

  /** Has those read on whose wait is over. @returns whether there may be more */
  async resumeDue(): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const due = await tx.manager.find(PlaylistImport, {
        where: { resumesAt: LessThan(new Date(this.clock.now().getTime() + 1)) },
        order: { resumesAt: 'ASC' },
        take: RESUMED_AT_ONCE,
        lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
      });
      for (const one of due) {
        one.resume();
        await this.save(tx, one);
        await this.enqueueIfDue(tx, one);
      }
      return due.length === RESUMED_AT_ONCE;
    });
  }

  /** Ends refreshes that nobody came back for, and forgets what is long over. */
  async purge(): Promise<void> {
    const now = this.clock.now();
    const yesterday = new Date(now.getTime() - DAY_MS);
    for (const { userId, id } of await this.imports.findBy({ state: 'ready', createdAt: LessThan(yesterday) })) {
      await this.change(userId, id, async (one, tx) => {
        if (one.state === 'ready') {
          one.cancel(now);
          await this.forgetPages(tx, one);
        }
      });
    }
    await this.imports.delete({ finishedAt: LessThan(new Date(now.getTime() - KEPT_DAYS * DAY_MS)) });
  }

  private async save(tx: Transaction, one: PlaylistImport): Promise<void> {
    await tx.manager.save(one, { reload: false });
    await tx.updateLive(one.userId, { kind: 'playlist-import', ids: [one.id] });
  }

  private async enqueueIfDue({ manager }: Transaction, { id, userId, isDue }: PlaylistImport): Promise<void> {
    if (isDue) {
      await this.jobs.enqueue(manager, 'playlist-import.read', { userId, importId: id }, { isUrgent: false });
    }
  }
}
