import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { COUNT_CHANGES, COUNT_LEDGER } from './counting-statements.js';

/**
 * Counts that are kept beside the ledger. Every write to it leaves its changes in a table, in the same transaction; they
 * are added to the counts once, here. In another time zone, or where rows have gone, everything is counted again.
 */
@Injectable()
export class ListeningCounts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** After it the counts are what a recount of the ledger would find, days and hours told in this time zone. */
  async bringUpToDate(userId: UserId, timeZone: string): Promise<void> {
    if (await this.isBehind(userId, timeZone)) {
      await this.dataSource.transaction((manager) => this.count(manager, userId, timeZone));
    }
  }

  /** Users whose counts are behind the ledger, at most so many. */
  async findBehind(most: number): Promise<Array<{ userId: UserId; timeZone: string }>> {
    return this.dataSource.query(
      `select id as "userId", time_zone as "timeZone" from app_user
        where exists (select from listening_change where user_id = app_user.id) limit $1`,
      [most],
    );
  }

  private async isBehind(userId: UserId, timeZone: string): Promise<boolean> {
    const [row]: [{ isBehind: boolean }] = await this.dataSource.query(
      `select exists (select from listening_change where user_id = $1)
           or not exists (select from listening_statistics where user_id = $1 and time_zone = $2) as "isBehind"`,
      [userId, timeZone],
    );
    return row.isBehind;
  }

  /** The row lock makes counting serial for a user. */
  private async count(manager: EntityManager, userId: UserId, timeZone: string): Promise<void> {
    await manager.query('insert into listening_statistics (user_id) values ($1) on conflict do nothing', [userId]);
    const [{ isWhole }]: [{ isWhole: boolean }] = await manager.query(
      `select time_zone is distinct from $2 or exists (select from listening_change where user_id = $1 and change = 0)
                as "isWhole"
         from listening_statistics where user_id = $1 for update`,
      [userId, timeZone],
    );
    if (isWhole) {
      await manager.query('delete from listening_count where user_id = $1', [userId]);
    }
    await manager.query(isWhole ? COUNT_LEDGER : COUNT_CHANGES, [userId, timeZone]);
    await manager.query('update listening_statistics set time_zone = $2, counted_at = $3 where user_id = $1', [
      userId,
      timeZone,
      this.clock.now(),
    ]);
  }
}
