import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import type { Page } from '../../../common/http/paging.js';
import type { ScrobbleId, ScrobbleRunId, UserId } from '../../../common/ids.js';
import { type DeliveryState, LASTFM } from '../delivery/delivery-state.js';
import { ScrobbleNotFoundError } from '../scrobbling.errors.js';
import type { ScrobbleSource } from './play.js';
import { ScrobbleResend } from '../resend/scrobble-resend.entity.js';
import { SCROBBLE_RECORD_COLUMNS, type ScrobbleRecord } from './scrobble-record.js';

export interface HistoryQuery {
  limit: number;
  offset: number;
  /** Plays from then on. */
  startDate?: Date | undefined;
  /** Plays before then. */
  endDate?: Date | undefined;
  state?: DeliveryState | undefined;
  source?: ScrobbleSource | undefined;
  /** Part of an artist, title or album, in any case. */
  q?: string | undefined;
}

export interface RunCounts {
  accepted: number;
  ignored: number;
  failed: number;
  queued: number;
}

const FROM = `from scrobble s join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id and d.destination = $2`;

/** Reads the ledger. */
@Injectable()
export class ScrobbleHistory {
  constructor(private readonly dataSource: DataSource) {}

  /** How many plays of a period have failed: refused, given up, or too old before they could go. */
  async countFailed(userId: UserId, period: Omit<HistoryQuery, 'limit' | 'offset' | 'state'>): Promise<number> {
    const { where, params } = conditions(userId, { ...period, limit: 0, offset: 0 });
    const [count]: Array<{ failed: number }> = await this.dataSource.query(
      `select count(*)::int as failed ${FROM} where ${where} and d.state in ('failed', 'expired')`,
      params,
    );
    return count?.failed ?? 0;
  }

  /** Newest play first. */
  async list(userId: UserId, query: HistoryQuery): Promise<Page<ScrobbleRecord>> {
    const { where, params } = conditions(userId, query);
    const items: ScrobbleRecord[] = await this.dataSource.query(
      `select ${SCROBBLE_RECORD_COLUMNS} ${FROM} where ${where} order by s.played_at desc, s.id desc
        limit ${query.limit} offset ${query.offset}`,
      params,
    );
    const [count]: Array<{ total: number }> = await this.dataSource.query(
      `select count(*)::int as total ${FROM} where ${where}`,
      params,
    );
    return { items, total: count?.total ?? 0 };
  }

  /** @throws ScrobbleNotFoundError, also for someone else's */
  async require(userId: UserId, id: ScrobbleId): Promise<ScrobbleRecord> {
    const [found] = await this.findInOrder(userId, [id]);
    if (!found) {
      throw new ScrobbleNotFoundError();
    }
    return found;
  }

  /** How a scrobble had ended each time before it was sent again, the first time first. */
  listResends(userId: UserId, scrobbleId: ScrobbleId): Promise<ScrobbleResend[]> {
    return this.dataSource.manager.find(ScrobbleResend, {
      where: { userId, scrobbleId },
      order: { resentAt: 'ASC', id: 'ASC' },
    });
  }

  /** These scrobbles of a user, in the order of the ids. */
  async findInOrder(userId: UserId, ids: readonly ScrobbleId[]): Promise<ScrobbleRecord[]> {
    return this.dataSource.query(
      `select ${SCROBBLE_RECORD_COLUMNS} ${FROM}
         join unnest($3::uuid[]) with ordinality as wanted (id, place) on wanted.id = s.id
        where s.user_id = $1 order by wanted.place`,
      [userId, LASTFM, ids],
    );
  }

  /** The same of any users', in no order. */
  async findOutcomes(
    scrobbles: ReadonlyArray<{ userId: UserId; id: ScrobbleId }>,
  ): Promise<Map<ScrobbleId, ScrobbleRecord>> {
    const records: ScrobbleRecord[] = await this.dataSource.query(
      `select ${SCROBBLE_RECORD_COLUMNS} ${FROM}
         join unnest($1::uuid[], $3::uuid[]) as wanted (user_id, id) on wanted.user_id = s.user_id and wanted.id = s.id`,
      [scrobbles.map(({ userId }) => userId), LASTFM, scrobbles.map(({ id }) => id)],
    );
    return new Map(records.map((record) => [record.id, record]));
  }

  /** How the scrobbles of each run fared. */
  async countByRun(userId: UserId, runIds: readonly ScrobbleRunId[]): Promise<Map<ScrobbleRunId, RunCounts>> {
    const rows: Array<RunCounts & { runId: ScrobbleRunId }> = await this.dataSource.query(
      `select s.run_id as "runId",
              count(*) filter (where d.state = 'accepted')::int as accepted,
              count(*) filter (where d.state in ('ignored', 'duplicate'))::int as ignored,
              count(*) filter (where d.state in ('failed', 'expired', 'cancelled'))::int as failed,
              count(*) filter (where d.state in ('queued', 'held', 'sending'))::int as queued
         ${FROM} where s.user_id = $1 and s.run_id = any($3::uuid[]) group by s.run_id`,
      [userId, LASTFM, runIds],
    );
    return new Map(rows.map(({ runId, ...counts }) => [runId, counts]));
  }
}

/** The user's rows that match, as SQL with its parameters. */
function conditions(userId: UserId, query: HistoryQuery): { where: string; params: unknown[] } {
  const { startDate, endDate, state, source, q } = query;
  const params: unknown[] = [userId, LASTFM];
  const clauses = ['s.user_id = $1'];
  const add = (value: unknown, clause: (place: string) => string): void => {
    if (value !== undefined) {
      params.push(value);
      clauses.push(clause(`$${params.length}`));
    }
  };
  add(startDate, (place) => `s.played_at >= ${place}`);
  add(endDate, (place) => `s.played_at < ${place}`);
  add(state, (place) => `d.state = ${place}`);
  add(source, (place) => `s.source = ${place}`);
  add(
    q === undefined ? undefined : `%${q.replace(/[\\%_]/g, String.raw`\$&`)}%`,
    (place) => `(s.artist ilike ${place} or s.title ilike ${place} or s.album ilike ${place})`,
  );
  return { where: clauses.join(' and '), params };
}
