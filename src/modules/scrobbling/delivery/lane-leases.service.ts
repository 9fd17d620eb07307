import { randomUUID } from 'node:crypto';

import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { type LastfmAccount, LastfmAccountsService } from '../../lastfm/index.js';
import { LANE_BUDGET_COLUMNS } from '../budget/daily-budget.service.js';
import { type BatchLane, DeliveryBatches } from './delivery-batches.service.js';
import { DeliveryLanesService } from './delivery-lanes.service.js';
import { LASTFM } from './delivery-state.js';
import type { LaneLease } from './lane-lease.js';

/** Longer than a call can take, so that a lease only runs out when its process is gone. */
const LEASE_SECONDS = 60;
/** An operator has to mend the configuration; meanwhile such an account must not use up the calls of the others. */
const UNREADABLE_KEY_SECONDS = 15 * 60;

interface DueLane extends BatchLane {
  failures: number;
}

/** A lane whose account can be served. */
interface ServableLane extends DueLane {
  account: LastfmAccount;
}

const DUE = `destination = $1 and next_attempt_at <= $2 and (leased_until is null or leased_until <= $2)`;

/** Picks the lanes that are served next and takes each of them for one call. */
@Injectable()
export class LaneLeasesService {
  private readonly logger = new Logger(LaneLeasesService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: LastfmAccountsService,
    private readonly lanes: DeliveryLanesService,
    private readonly batches: DeliveryBatches,
    private readonly clock: Clock,
  ) {}

  /** How many lanes are due, counted no further than `most`. */
  async countDue(most: number): Promise<number> {
    const rows: unknown[] = await this.dataSource.query(`select from delivery_lane where ${DUE} limit $3`, [
      LASTFM,
      this.clock.now(),
      most,
    ]);
    return rows.length;
  }

  /**
   * Takes the most urgent due lanes, at most so many, and among equals those least recently served, so that no account
   * starves another. What their calls carry is committed as `sending` when this resolves.
   * @returns null when no lane is due; fewer than asked for, or none, when due ones had nothing to send after all
   */
  async lease(most: number): Promise<LaneLease[] | null> {
    const now = this.clock.now();
    return this.unitOfWork.run(async (tx) => {
      const due = await this.lockDue(tx, most);
      if (due.length === 0) {
        return null;
      }
      const lanes = await this.servable(tx, due);
      await this.batches.unpark(tx, lanes);
      const uncertain = await this.batches.findSending(tx, lanes);
      const certain = lanes.filter(({ userId }) => !uncertain.has(userId));
      const marked = await this.batches.markSending(tx, certain);
      for (const { userId } of certain.filter((lane) => !marked.has(lane.userId))) {
        await this.lanes.restUntilNextDay(tx, userId, now);
      }
      const leases = lanes.flatMap(({ userId, account, failures, batchLimit }): LaneLease[] => {
        const deliveries = uncertain.get(userId) ?? marked.get(userId);
        const purpose = uncertain.has(userId) ? 'verify' : 'send';
        return deliveries
          ? [{ userId, leaseId: randomUUID(), account, purpose, deliveries, failures, batchLimit }]
          : [];
      });
      await this.take(tx, leases);
      return leases;
    });
  }

  private lockDue({ manager }: Transaction, most: number): Promise<DueLane[]> {
    return manager.query(
      `select user_id as "userId", failures, batch_limit as "batchLimit", ${LANE_BUDGET_COLUMNS}
         from delivery_lane where ${DUE} order by priority, last_served_at limit $3 for update skip locked`,
      [LASTFM, this.clock.now(), most],
    );
  }

  /** Without those whose account is not linked or whose key cannot be opened: they wait. */
  private async servable(tx: Transaction, due: readonly DueLane[]): Promise<ServableLane[]> {
    const userIds = due.map(({ userId }) => userId);
    const accounts = await this.accounts.findManyWithin(tx.manager, userIds);
    const servable: ServableLane[] = [];
    for (const lane of due) {
      const account = accounts.get(lane.userId);
      if (account?.state !== 'linked') {
        await this.lanes.holdWaiting(tx, lane.userId, account ? 'key_rejected' : 'not_linked');
      } else if (this.accounts.isReadable(account)) {
        servable.push({ ...lane, account });
      } else {
        this.logger.error(`The session key of ${lane.userId} cannot be opened. Does ENCRYPTION_KEYS lack an old key?`);
        await this.lanes.postpone(tx, lane.userId, UNREADABLE_KEY_SECONDS);
      }
    }
    return servable;
  }

  private async take({ manager }: Transaction, leases: readonly LaneLease[]): Promise<void> {
    await manager.query(
      `update delivery_lane l set lease_id = taken.lease_id, last_served_at = $4,
              leased_until = $4::timestamptz + make_interval(secs => $5)
         from unnest($1::uuid[], $2::uuid[]) as taken (user_id, lease_id)
        where l.user_id = taken.user_id and l.destination = $3`,
      [
        leases.map(({ userId }) => userId),
        leases.map(({ leaseId }) => leaseId),
        LASTFM,
        this.clock.now(),
        LEASE_SECONDS,
      ],
    );
  }
}
