import { Injectable, type OnModuleInit } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { ScrobbleId, ScrobbleImportId, UserId } from '../../../common/ids.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import { TaskHandlers } from '../../../jobs/task-handlers.js';
import { DeliveryLanesService } from '../delivery/delivery-lanes.service.js';
import { LASTFM } from '../delivery/delivery-state.js';
import { ReleasedDuplicates } from '../ledger/released-duplicates.js';
import { ScrobbleImports } from './scrobble-imports.service.js';

/** Scrobbles a transaction: the user's queue is locked as long as one lasts. */
const BATCH = 2_000;

/**
 * Takes an import back, batch by batch. What Last.fm has stays: the ledger tells the truth about the profile. What is in
 * a call at this moment is cancelled, so that it is not sent again, and is accepted all the same if Last.fm takes it.
 */
@Injectable()
export class UndoImport implements OnModuleInit {
  constructor(
    private readonly tasks: TaskHandlers,
    private readonly imports: ScrobbleImports,
    private readonly lanes: DeliveryLanesService,
    private readonly released: ReleasedDuplicates,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.tasks.register('import.undo', ({ userId, importId }) =>
      this.imports.whileItExists(() => this.undo(userId, importId)),
    );
  }

  private async undo(userId: UserId, id: ScrobbleImportId): Promise<void> {
    while (await this.removeSome(userId, id)) {
      // Once more, until nothing is left.
    }
  }

  /** @returns whether there may be more */
  private async removeSome(userId: UserId, id: ScrobbleImportId): Promise<boolean> {
    let isOver = false;
    await this.imports.change(
      userId,
      id,
      async (one, tx) => {
        const ids = one.state === 'undoing' ? await this.findRemovable(tx, userId, id) : [];
        isOver = ids.length < BATCH;
        await this.remove(tx, userId, ids);
        one.removed += ids.length;
        if (isOver && one.state === 'undoing') {
          await this.cancelInCall(tx, userId, id);
          one.finishUndoing(this.clock.now());
        }
      },
      (tx) => this.lanes.lock(tx, [userId]),
    );
    return !isOver;
  }

  private async findRemovable({ manager }: Transaction, userId: UserId, id: ScrobbleImportId): Promise<ScrobbleId[]> {
    const rows: Array<{ id: ScrobbleId }> = await manager.query(
      `select s.id from scrobble s
         join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id and d.destination = $3
        where s.user_id = $1 and s.import_id = $2 and d.state not in ('accepted', 'sending', 'cancelled') limit $4`,
      [userId, id, LASTFM, BATCH],
    );
    return rows.map((row) => row.id);
  }

  private async remove(tx: Transaction, userId: UserId, ids: readonly ScrobbleId[]): Promise<void> {
    if (ids.length > 0) {
      await this.released.release(tx, userId, ids);
      // The deliveries first: then the scrobbles have nothing to take along, one by one.
      await tx.manager.query('delete from delivery where user_id = $1 and scrobble_id = any($2::uuid[])', [
        userId,
        ids,
      ]);
      await tx.manager.query('delete from scrobble where user_id = $1 and id = any($2::uuid[])', [userId, ids]);
      await tx.updateLive(userId, { kind: 'scrobble', ids: [] });
    }
  }

  private async cancelInCall({ manager }: Transaction, userId: UserId, id: ScrobbleImportId): Promise<void> {
    await manager.query(
      `update delivery d set state = 'cancelled', reason = 'import_undone', next_attempt_at = null, settled_at = $4
         from scrobble s
        where s.user_id = $1 and s.import_id = $2 and d.user_id = s.user_id and d.scrobble_id = s.id
          and d.destination = $3 and d.state = 'sending'`,
      [userId, id, LASTFM, this.clock.now()],
    );
  }
}
