import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { type DeliveryState, LASTFM } from '../delivery/delivery-state.js';
import type { ScrobbleImport } from './scrobble-import.entity.js';

export type ImportCounts = Partial<Record<DeliveryState, number>>;

/** How the scrobbles of an import fare. */
@Injectable()
export class ImportCounter {
  constructor(private readonly dataSource: DataSource) {}

  /** Nothing while it is under way: it would be counted again with every batch. */
  async count({ userId, id, finishedAt }: ScrobbleImport): Promise<ImportCounts> {
    if (finishedAt === null) {
      return {};
    }
    const rows: Array<{ state: DeliveryState; count: number }> = await this.dataSource.query(
      `select d.state, count(*)::int as count from scrobble s
         join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id and d.destination = $3
        where s.user_id = $1 and s.import_id = $2 group by d.state`,
      [userId, id, LASTFM],
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }
}
