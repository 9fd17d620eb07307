import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { DataExportId, UserId } from '../../../common/ids.js';
import { UserDataRegistry } from '../../../common/user-data/user-data-registry.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { TaskHandlers } from '../../../jobs/task-handlers.js';
import { inChunks, zipOf } from './archive.js';
import { DataExportAttempt, NotOursError } from './data-export-attempt.js';
import { DataExports } from './data-exports.service.js';
import { ExportedFiles } from './exported-files.js';

const CHUNK_BYTES = 256 * 1024;

/** Writes exports: a job reads one snapshot of the database and stores the file piece by piece. */
@Injectable()
export class DataExportWriter implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: UserDataRegistry,
    private readonly exports: DataExports,
    private readonly tasks: TaskHandlers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.tasks.register('data.export', ({ exportId, userId }) => this.write(exportId, userId));
    this.tasks.register('exports.purge', () => this.exports.purge());
  }

  private async write(exportId: DataExportId, userId: UserId): Promise<void> {
    const attempt = new DataExportAttempt(this.unitOfWork, exportId, userId);
    try {
      await attempt.begin();
      await this.dataSource.transaction('REPEATABLE READ', (snapshot) => this.fill(attempt, snapshot, userId));
      await attempt.finish(this.clock.now());
    } catch (error) {
      if (!(error instanceof NotOursError)) {
        await attempt.fail();
        throw error;
      }
    }
  }

  /** The snapshot is only read; what is written goes over other connections, for everyone to see at once. */
  private async fill(attempt: DataExportAttempt, snapshot: EntityManager, userId: UserId): Promise<void> {
    await snapshot.query('set transaction read only');
    const files = new ExportedFiles(snapshot, this.registry.exported(), userId);
    const totalRows = await files.totalRows();
    await attempt.report({ doneRows: 0, totalRows });
    for await (const chunk of inChunks(zipOf(files, this.clock.now()), CHUNK_BYTES)) {
      await attempt.store(chunk, { doneRows: files.doneRows, totalRows });
    }
  }
}
