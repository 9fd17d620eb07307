import { Readable } from 'node:stream';

import { Injectable } from '@nestjs/common';
import { EntityManager, LessThanOrEqual } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import { isUniqueViolation } from '../../../common/database/is-unique-violation.js';
import { type DataExportId, newId, type UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { Jobs } from '../../../jobs/jobs.service.js';
import { DataExportChunk } from './data-export-chunk.entity.js';
import { DataExport, KEPT_MS } from './data-export.entity.js';
import { DataExportFailedError, DataExportNotFoundError, DataExportNotReadyError } from './data-exports.errors.js';

/** Exports of everything about a user, on the side of whoever asks for them. */
@Injectable()
export class DataExports {
  constructor(
    private readonly manager: EntityManager,
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Has one made, in place of an earlier one. Asked again while one is being made, it is that one. */
  async start(userId: UserId): Promise<DataExport> {
    try {
      return await this.unitOfWork.run((tx) => this.startWithin(tx, userId));
    } catch (error) {
      if (isUniqueViolation(error, 'one_data_export_per_user')) {
        return this.require(userId);
      }
      throw error;
    }
  }

  /** @throws DataExportNotFoundError, also for one that has expired */
  async require(userId: UserId): Promise<DataExport> {
    const made = await this.manager.findOneBy(DataExport, { userId });
    if (!made || made.expiresAt <= this.clock.now()) {
      throw new DataExportNotFoundError();
    }
    return made;
  }

  /**
   * The file, read while it is sent, whichever replica made it.
   * @throws DataExportNotFoundError
   * @throws DataExportNotReadyError
   * @throws DataExportFailedError
   */
  async open(userId: UserId): Promise<{ made: DataExport; file: Readable }> {
    const made = await this.require(userId);
    if (made.state === 'failed') {
      throw new DataExportFailedError();
    }
    if (made.state !== 'ready') {
      throw new DataExportNotReadyError();
    }
    await this.audit.record(this.manager, { action: 'export.downloaded', userId });
    return { made, file: Readable.from(this.read(made), { objectMode: false }) };
  }

  /** @throws DataExportNotFoundError */
  async delete(userId: UserId): Promise<void> {
    const { affected } = await this.manager.delete(DataExport, { userId });
    if (!affected) {
      throw new DataExportNotFoundError();
    }
  }

  async purge(): Promise<void> {
    await this.manager.delete(DataExport, { expiresAt: LessThanOrEqual(this.clock.now()) });
  }

  private async startWithin(tx: Transaction, userId: UserId): Promise<DataExport> {
    const { manager } = tx;
    const now = this.clock.now();
    const earlier = await manager.findOne(DataExport, { where: { userId }, lock: { mode: 'pessimistic_write' } });
    if (earlier?.state === 'preparing' && earlier.expiresAt > now) {
      return earlier;
    }
    await manager.delete(DataExport, { userId });
    const begun = manager.create(DataExport, {
      id: newId() as DataExportId,
      userId,
      state: 'preparing',
      attempt: null,
      attempts: 0,
      doneRows: 0,
      totalRows: null,
      sizeBytes: null,
      requestedAt: now,
      readyAt: null,
      expiresAt: new Date(now.getTime() + KEPT_MS),
    });
    await manager.insert(DataExport, begun);
    await this.jobs.enqueue(manager, 'data.export', { exportId: begun.id, userId }, { isUrgent: false });
    await this.audit.record(manager, { action: 'export.requested', userId });
    await tx.updateLive(userId, { kind: 'data-export' });
    return begun;
  }

  /** Fails when it is deleted meanwhile: the browser then says that the file is incomplete. */
  private async *read({ id, attempt, sizeBytes }: DataExport): AsyncGenerator<Buffer> {
    let left = Number(sizeBytes);
    for (let position = 0; left > 0; position += 1) {
      const chunk = await this.manager.findOneBy(DataExportChunk, { exportId: id, attempt: attempt ?? '', position });
      if (!chunk) {
        throw new DataExportNotFoundError();
      }
      left -= chunk.content.length;
      yield chunk.content;
    }
  }
}
