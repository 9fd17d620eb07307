import { Injectable, type OnModuleInit } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { ScrobbleImportId, UserId } from '../../../common/ids.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import { TaskHandlers } from '../../../jobs/task-handlers.js';
import { DeliveryLanesService } from '../delivery/delivery-lanes.service.js';
import type { Play } from '../ledger/play.js';
import { ScrobbleLedger } from '../ledger/scrobble-ledger.service.js';
import { refuseImpossible } from './history-reading.js';
import { ImportFiles } from './import-files.service.js';
import { ALREADY_AT_LASTFM } from './readers/history-format.js';
import { type FormattedRow, readHistory } from './readers/read-history.js';
import type { ScrobbleImport } from './scrobble-import.entity.js';
import { ScrobbleImports } from './scrobble-imports.service.js';

/** Rows a transaction: the user's queue is locked as long as one lasts. */
const BATCH_ROWS = 500;

/**
 * Records the plays of a history. Each batch moves `rowsDone` on in the transaction that records it, so a worker that is
 * killed loses nothing and its successor doubles nothing.
 */
@Injectable()
export class RecordImport implements OnModuleInit {
  constructor(
    private readonly tasks: TaskHandlers,
    private readonly imports: ScrobbleImports,
    private readonly files: ImportFiles,
    private readonly lanes: DeliveryLanesService,
    private readonly ledger: ScrobbleLedger,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.tasks.register('import.record', ({ userId, importId }) =>
      this.imports.whileItExists(() => this.record(userId, importId)),
    );
  }

  private async record(userId: UserId, id: ScrobbleImportId): Promise<void> {
    const one = await this.imports.require(userId, id);
    if (one.state === 'importing') {
      await this.files.withFile(id, (file) => this.recordFile(one, file));
    }
  }

  private async recordFile(one: ScrobbleImport, file: string): Promise<void> {
    let done = 0;
    let batch: FormattedRow[] = [];
    for await (const row of readHistory(file, one.timeZone)) {
      batch.push(row);
      if (batch.length === BATCH_ROWS) {
        if (!(await this.recordBatch(one, done, batch))) {
          return;
        }
        done += batch.length;
        batch = [];
      }
    }
    if (await this.recordBatch(one, done, batch)) {
      await this.finish(one);
    }
  }

  /** @returns false where someone has cancelled the import, or another worker is at it */
  private async recordBatch(
    { userId, id }: ScrobbleImport,
    from: number,
    rows: readonly FormattedRow[],
  ): Promise<boolean> {
    const until = from + rows.length;
    let goesOn = true;
    await this.change(userId, id, async (one, tx) => {
      goesOn = one.state === 'importing';
      if (!goesOn || one.rowsDone >= until) {
        return; // Recorded before the former worker was killed.
      }
      await this.ledger.record(tx, this.playsOf(one, rows.slice(one.rowsDone - from)));
      one.rowsDone = until;
    });
    return goesOn;
  }

  private async finish({ userId, id }: ScrobbleImport): Promise<void> {
    await this.change(userId, id, async (one, tx) => {
      if (one.state === 'importing') {
        one.finishRecording(this.clock.now());
        await this.files.forget(tx.manager, id);
      }
    });
  }

  /** The lane before the import's own row, as everywhere: see ADR 3. */
  private async change(
    userId: UserId,
    id: ScrobbleImportId,
    work: (one: ScrobbleImport, tx: Transaction) => Promise<void>,
  ): Promise<void> {
    await this.imports.change(userId, id, work, (tx) => this.lanes.lock(tx, [userId]));
  }

  private playsOf(one: ScrobbleImport, rows: readonly FormattedRow[]): Play[] {
    const now = this.clock.now();
    return rows.flatMap(({ format, row }) => {
      const usable = refuseImpossible(row, now);
      return 'skipped' in usable ? [] : [{ ...usable.play, ...originOf(one), ...keptBecause(one, format) }];
    });
  }
}

function originOf({ userId, id }: ScrobbleImport) {
  return { userId, importId: id, source: 'import', provenance: 'heard', chosenByUser: true } as const;
}

function keptBecause({ sendRecent }: ScrobbleImport, format: FormattedRow['format']): Pick<Play, 'keptBecause'> {
  if (ALREADY_AT_LASTFM.has(format)) {
    return { keptBecause: 'already_at_lastfm' };
  }
  return sendRecent ? {} : { keptBecause: 'not_wanted_at_lastfm' };
}
