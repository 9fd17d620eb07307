import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { isUniqueViolation } from '../../../common/database/is-unique-violation.js';
import type { Page } from '../../../common/http/paging.js';
import type { ScrobbleImportId, UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { Jobs } from '../../../jobs/jobs.service.js';
import type { TaskName } from '../../../jobs/task-catalogue.js';
import { ImportFiles } from './import-files.service.js';
import { ImportNotFoundError, ImportUnderWayError } from './imports.errors.js';
import { type ImportChoice, ScrobbleImport } from './scrobble-import.entity.js';

/** How long a preview waits for its person. */
const READY_MS = 24 * 3600 * 1000;

/** What people do with the listening histories they bring. The work itself is done by jobs. */
@Injectable()
export class ScrobbleImports {
  constructor(
    @InjectRepository(ScrobbleImport) private readonly imports: Repository<ScrobbleImport>,
    private readonly unitOfWork: UnitOfWork,
    private readonly files: ImportFiles,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps the file and has it read. @param file a path; may be deleted afterwards
   * @throws ImportUnderWayError
   */
  async create(
    given: Pick<ScrobbleImport, 'userId' | 'fileName' | 'startsByItself' | 'sendRecent' | 'timeZone'>,
    file: string,
  ): Promise<ScrobbleImport> {
    const created = ScrobbleImport.of(given, this.clock.now());
    try {
      await this.unitOfWork.run(async (tx) => {
        await tx.manager.insert(ScrobbleImport, created);
        await this.files.keep(tx.manager, created.id, file);
        await this.enqueue(tx, 'import.read', created);
      });
    } catch (error) {
      if (isUniqueViolation(error, 'one_open_import_per_user')) {
        throw new ImportUnderWayError();
      }
      throw error;
    }
    return created;
  }

  /** Newest first. */
  async list(userId: UserId, limit: number, offset: number): Promise<Page<ScrobbleImport>> {
    const [items, total] = await this.imports.findAndCount({
      where: { userId },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: limit,
      skip: offset,
    });
    return { items, total };
  }

  /** @throws ImportNotFoundError, also for someone else's */
  async require(userId: UserId, id: ScrobbleImportId): Promise<ScrobbleImport> {
    const found = await this.imports.findOneBy({ id, userId });
    if (!found) {
      throw new ImportNotFoundError();
    }
    return found;
  }

  /** Does a job's work on an import, or as much of it as there is until its user is deleted. */
  async whileItExists(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ImportNotFoundError)) {
        throw error;
      }
    }
  }

  /** @throws ImportNotFoundError, IllegalImportTransitionError */
  async start(userId: UserId, id: ScrobbleImportId, choice: ImportChoice): Promise<ScrobbleImport> {
    return this.change(userId, id, async (one, tx) => {
      one.start(choice);
      await this.enqueue(tx, 'import.record', one);
    });
  }

  /** Stops it; what has been recorded stays. @throws ImportNotFoundError, IllegalImportTransitionError */
  async cancel(userId: UserId, id: ScrobbleImportId): Promise<ScrobbleImport> {
    return this.change(userId, id, async (one, tx) => {
      one.cancel(this.clock.now());
      await this.files.forget(tx.manager, id);
    });
  }

  /**
   * Takes the whole import back, stopping it first if need be. What is at Last.fm stays there, and in the ledger. Asking
   * again changes nothing. @throws ImportNotFoundError, ImportUnderWayError
   */
  async undo(userId: UserId, id: ScrobbleImportId): Promise<ScrobbleImport> {
    try {
      return await this.change(userId, id, async (one, tx) => {
        if (one.can('cancelled')) {
          one.cancel(this.clock.now());
          await this.files.forget(tx.manager, id);
        }
        if (one.can('undone')) {
          one.startUndoing();
          await this.enqueue(tx, 'import.undo', one);
        }
      });
    } catch (error) {
      if (isUniqueViolation(error, 'one_open_import_per_user')) {
        throw new ImportUnderWayError();
      }
      throw error;
    }
  }

  /** Cancels previews that nobody came back for. */
  async cancelForgotten(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - READY_MS);
    const forgotten = await this.imports.findBy({ state: 'ready', createdAt: LessThan(before) });
    for (const { userId, id } of forgotten) {
      await this.change(userId, id, async (one, tx) => {
        if (one.state === 'ready') {
          one.cancel(this.clock.now());
          await this.files.forget(tx.manager, id);
        }
      });
    }
  }

  /**
   * Reads, changes and saves it under its row lock, and tells its person's browsers.
   * @param lockFirst whatever has to be locked before: a lane goes before an import
   * @throws ImportNotFoundError
   */
  async change(
    userId: UserId,
    id: ScrobbleImportId,
    work: (one: ScrobbleImport, tx: Transaction) => Promise<void>,
    lockFirst?: (tx: Transaction) => Promise<unknown>,
  ): Promise<ScrobbleImport> {
    return this.unitOfWork.run(async (tx) => {
      await lockFirst?.(tx);
      const one = await tx.manager.findOne(ScrobbleImport, {
        where: { id, userId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!one) {
        throw new ImportNotFoundError();
      }
      await work(one, tx);
      await tx.manager.save(one, { reload: false });
      await tx.updateLive(userId, { kind: 'import', ids: [id] });
      return one;
    });
  }

  private async enqueue(
    { manager }: Transaction,
    task: Extract<TaskName, 'import.read' | 'import.record' | 'import.undo'>,
    { id, userId }: ScrobbleImport,
  ): Promise<void> {
    await this.jobs.enqueue(manager, task, { userId, importId: id }, { isUrgent: false });
  }
}
