import { Injectable, type OnModuleInit } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/errors/domain-error.js';
import type { ScrobbleImportId, UserId } from '../../../common/ids.js';
import { Jobs } from '../../../jobs/jobs.service.js';
import { TaskHandlers } from '../../../jobs/task-handlers.js';
import { PreviewBuilder } from './history-reading.js';
import { ImportFiles } from './import-files.service.js';
import { HistoryBrokenError, ImportNotFoundError } from './imports.errors.js';
import { readHistory, recognise } from './readers/read-history.js';
import type { ImportPreview, ScrobbleImport } from './scrobble-import.entity.js';
import { ScrobbleImports } from './scrobble-imports.service.js';

/** Nobody has heard more in a life; what a file of small rows costs has to have an end. */
const MAX_ROWS = 2_000_000;

interface Found {
  recognised: Pick<ScrobbleImport, 'format' | 'needsTimeZone'>;
  preview: ImportPreview;
}

/** Reads an upload through: what it is, what it holds, what cannot be used. Nothing is recorded yet. */
@Injectable()
export class ReadImport implements OnModuleInit {
  constructor(
    private readonly tasks: TaskHandlers,
    private readonly imports: ScrobbleImports,
    private readonly files: ImportFiles,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.tasks.register('import.read', ({ userId, importId }) =>
      this.imports.whileItExists(() => this.read(userId, importId)),
    );
    this.tasks.register('imports.purge', () => this.imports.cancelForgotten());
  }

  private async read(userId: UserId, id: ScrobbleImportId): Promise<void> {
    try {
      const { timeZone, state } = await this.imports.require(userId, id);
      if (state === 'reading') {
        await this.finish(userId, id, await this.files.withFile(id, (file) => this.look(file, timeZone)));
      }
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof ImportNotFoundError) {
        throw error;
      }
      await this.fail(userId, id, error);
    }
  }

  private async look(file: string, timeZone: string): Promise<Found> {
    const { format, needsTimeZone } = await recognise(file);
    const preview = new PreviewBuilder(this.clock.now());
    let rows = 0;
    for await (const { row } of readHistory(file, timeZone)) {
      preview.add(row);
      rows += 1;
      if (rows > MAX_ROWS) {
        throw new HistoryBrokenError(`This history has more than ${MAX_ROWS.toLocaleString('en')} rows`);
      }
    }
    return { recognised: { format, needsTimeZone }, preview: preview.finish() };
  }

  private async finish(userId: UserId, id: ScrobbleImportId, { recognised, preview }: Found): Promise<void> {
    await this.imports.change(userId, id, async (one, tx) => {
      if (one.state !== 'reading') {
        return; // Cancelled while it was read.
      }
      one.finishReading(recognised, preview);
      if (one.startsByItself) {
        one.start({});
        await this.jobs.enqueue(tx.manager, 'import.record', { userId, importId: id }, { isUrgent: false });
      }
    });
  }

  private async fail(userId: UserId, id: ScrobbleImportId, error: DomainError): Promise<void> {
    await this.imports.change(userId, id, async (one, tx) => {
      if (one.state === 'reading') {
        one.fail({ code: error.code, message: error.message }, this.clock.now());
        await this.files.forget(tx.manager, id);
      }
    });
  }
}
