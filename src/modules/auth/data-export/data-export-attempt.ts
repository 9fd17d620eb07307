import type { EntityManager } from 'typeorm';

import { type DataExportId, newId, type UserId } from '../../../common/ids.js';
import type { UnitOfWork } from '../../../events/unit-of-work.js';
import { DataExportChunk } from './data-export-chunk.entity.js';
import { DataExport, KEPT_MS } from './data-export.entity.js';

/** A passing trouble is over by the third; what fails again is told. */
const MOST_ATTEMPTS = 3;

/** The export was deleted, or another worker makes it now: there is nothing more to do. */
export class NotOursError extends Error {}

export interface Progress {
  doneRows: number;
  totalRows: number;
}

/**
 * One worker's try at writing an export. Every write says which try it is: a worker that was taken for dead and lives on
 * changes nothing any more.
 */
export class DataExportAttempt {
  private readonly attempt = newId();
  private position = 0;
  private sizeBytes = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly exportId: DataExportId,
    private readonly userId: UserId,
  ) {}

  /**
   * Takes the export over, from the beginning.
   * @throws NotOursError when it is ready, failed or deleted
   */
  async begin(): Promise<void> {
    await this.unitOfWork.run(async ({ manager }) => {
      const { affected } = await manager.update(
        DataExport,
        { id: this.exportId, state: 'preparing' },
        { attempt: this.attempt, attempts: () => 'attempts + 1', doneRows: 0 },
      );
      if (!affected) {
        throw new NotOursError();
      }
      await manager.delete(DataExportChunk, { exportId: this.exportId });
    });
  }

  /** @throws NotOursError */
  async report(progress: Progress): Promise<void> {
    await this.change(progress);
  }

  /** @throws NotOursError */
  async store(content: Buffer, progress: Progress): Promise<void> {
    await this.change(progress, (manager) =>
      manager.insert(DataExportChunk, {
        exportId: this.exportId,
        attempt: this.attempt,
        position: this.position,
        content,
      }),
    );
    this.position += 1;
    this.sizeBytes += content.length;
  }

  /** @throws NotOursError */
  async finish(now: Date): Promise<void> {
    const expiresAt = new Date(now.getTime() + KEPT_MS);
    await this.change({ state: 'ready', sizeBytes: String(this.sizeBytes), readyAt: now, expiresAt });
  }

  /** After the last attempt its person is told; before, the job is done again. */
  async fail(): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const ours = { id: this.exportId, attempt: this.attempt, state: 'preparing' as const };
      const failing = await tx.manager.findOne(DataExport, { where: ours, lock: { mode: 'pessimistic_write' } });
      if (failing && failing.attempts >= MOST_ATTEMPTS) {
        await tx.manager.update(DataExport, ours, { state: 'failed' });
        await tx.updateLive(this.userId, { kind: 'data-export' });
      }
    });
  }

  private async change(
    changes: Partial<Omit<DataExport, 'id'>>,
    andThen: (manager: EntityManager) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const ours = { id: this.exportId, attempt: this.attempt, state: 'preparing' as const };
      const { affected } = await tx.manager.update(DataExport, ours, changes);
      if (!affected) {
        throw new NotOursError();
      }
      await andThen(tx.manager);
      await tx.updateLive(this.userId, { kind: 'data-export' });
    });
  }
}
