import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import { groupBy } from '../../../common/collections/group-by.js';
import type { UserId } from '../../../common/ids.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import { DailyBudget, type LaneBudget } from '../budget/daily-budget.service.js';
import { LASTFM } from './delivery-state.js';
import { ExpiredDeliveries } from './expired-deliveries.service.js';
import type { LeasedDelivery } from './lane-lease.js';

/** A lane whose next call is put together; it is locked. */
export interface BatchLane extends LaneBudget {
  userId: UserId;
  batchLimit: number;
}

type FoundDelivery = LeasedDelivery & { userId: UserId };

const QUEUED = `
  select scrobble_id, played_at from delivery
   where user_id = lane.user_id and destination = $2 and state = 'queued'`;

/** Queued, but of automation no more than the lane's allowance: imports before runs, oldest first. */
const QUEUED_WITHIN_ALLOWANCE = `
  select scrobble_id, played_at
    from (select d.scrobble_id, d.played_at, s.source in ('run', 'import') as is_automatic,
                 row_number() over (partition by s.source in ('run', 'import')
                                    order by s.source = 'run', d.played_at, d.scrobble_id) as place
            from delivery d join scrobble s on s.user_id = d.user_id and s.id = d.scrobble_id
           where d.user_id = lane.user_id and d.destination = $2 and d.state = 'queued') as queued
   where not is_automatic or place <= lane.allowance`;

const SENT_COLUMNS = `
  d.user_id as "userId", d.scrobble_id as "scrobbleId", s.source, s.artist, s.title, s.album,
  s.album_artist as "albumArtist", s.duration_seconds as "durationSeconds", s.played_at as "playedAt",
  s.chosen_by_user as "chosenByUser", d.sent_at as "sentAt"`;

/** Puts together what the next calls of these accounts carry. */
@Injectable()
export class DeliveryBatches {
  constructor(
    private readonly expired: ExpiredDeliveries,
    private readonly budget: DailyBudget,
    private readonly clock: Clock,
  ) {}

  /**
   * Each account's oldest queued deliveries that may go today, marked as on their way.
   * @returns by account, oldest play first; an account of which nothing may go is missing
   */
  async markSending(tx: Transaction, lanes: readonly BatchLane[]): Promise<Map<UserId, LeasedDelivery[]>> {
    await this.expired.expireOf(
      tx,
      lanes.map(({ userId }) => userId),
    );
    const hasRoom = (lane: BatchLane): boolean => this.budget.allowance(lane).left >= lane.batchLimit;
    const marked = [
      ...(await this.mark(tx, lanes.filter(hasRoom), QUEUED)),
      ...(await this.mark(
        tx,
        lanes.filter((lane) => !hasRoom(lane)),
        QUEUED_WITHIN_ALLOWANCE,
      )),
    ];
    return oldestFirst(marked);
  }

  /** What the last calls of these accounts left without a verdict: by account, oldest play first. */
  async findSending({ manager }: Transaction, lanes: readonly BatchLane[]): Promise<Map<UserId, LeasedDelivery[]>> {
    const rows: FoundDelivery[] = await manager.query(
      `select ${SENT_COLUMNS} from delivery d join scrobble s on s.user_id = d.user_id and s.id = d.scrobble_id
        where d.user_id = any($1::uuid[]) and d.destination = $2 and d.state = 'sending'`,
      [lanes.map(({ userId }) => userId), LASTFM],
    );
    return oldestFirst(rows);
  }

  private async mark(
    { manager }: Transaction,
    lanes: readonly BatchLane[],
    sendable: string,
  ): Promise<FoundDelivery[]> {
    if (lanes.length === 0) {
      return [];
    }
    const [marked]: [FoundDelivery[], number] = await manager.query(
      `update delivery d
          set state = 'sending', reason = null, attempts = attempts + 1, sent_at = $3, next_attempt_at = null
         from unnest($1::uuid[], $4::int[], $5::int[]) as lane (user_id, batch_limit, allowance)
        cross join lateral (
          select scrobble_id from (${sendable}) as sendable
           order by played_at, scrobble_id limit lane.batch_limit) as next
         join scrobble s on s.user_id = lane.user_id and s.id = next.scrobble_id
        where d.user_id = lane.user_id and d.scrobble_id = next.scrobble_id and d.destination = $2
        returning ${SENT_COLUMNS}`,
      [
        lanes.map(({ userId }) => userId),
        LASTFM,
        this.clock.now(),
        lanes.map(({ batchLimit }) => batchLimit),
        lanes.map((lane) => this.budget.allowance(lane).left),
      ],
    );
    return marked;
  }

  /** What was held back for the day's limit in these lanes may go again: their time has come. */
  async unpark({ manager }: Transaction, lanes: readonly BatchLane[]): Promise<void> {
    const parked = lanes.filter(({ parkedUntil }) => parkedUntil !== null).map(({ userId }) => userId);
    if (parked.length === 0) {
      return;
    }
    await manager.query(
      `update delivery set state = 'queued', reason = null
        where user_id = any($1::uuid[]) and destination = $2 and state = 'held' and reason = 'parked'`,
      [parked, LASTFM],
    );
    await manager.query(
      'update delivery_lane set parked_until = null where user_id = any($1::uuid[]) and destination = $2',
      [parked, LASTFM],
    );
  }
}

/** In the order in which an account's plays leave: by their second, and within one by their ids. */
function oldestFirst(found: FoundDelivery[]): Map<UserId, LeasedDelivery[]> {
  const sorted = found.sort(
    (one, other) => one.playedAt.getTime() - other.playedAt.getTime() || (one.scrobbleId < other.scrobbleId ? -1 : 1),
  );
  return groupBy(sorted, ({ userId }) => userId);
}
