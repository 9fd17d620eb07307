import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { SealedColumn } from './sealed-column.js';
import { SecretBox } from './secret-box.js';

const BATCH_SIZE = 200;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** How a column stands after a rotation. */
export interface RotatedColumn {
  name: string;
  reencrypted: number;
  /** Sealed with the current key now, whoever did it. */
  current: number;
  /** Sealed with another key still: it is not listed here, or another process went on sealing with it. */
  left: number;
  leftKeyIds: string[];
}

interface SealedRow {
  id: string;
  sealed: string;
}

/**
 * Seals every stored secret anew with the current key, while the application serves. What is left to do is what the rows
 * themselves say, so it may be killed and started again, and run twice at once. Every process has to know the current key
 * before this is called.
 */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secretBox: SecretBox,
  ) {}

  async rotate(): Promise<RotatedColumn[]> {
    const rotated: RotatedColumn[] = [];
    for (const column of SealedColumn.all()) {
      rotated.push(await this.rotateColumn(column));
    }
    return rotated;
  }

  /**
   * The first pass steps over rows that someone is writing at that moment, and so never waits while it holds others. The
   * second one waits for each, holding nothing else.
   */
  private async rotateColumn(column: SealedColumn): Promise<RotatedColumn> {
    const inBatches = await this.pass(column, BATCH_SIZE, 'for no key update skip locked');
    const oneByOne = await this.pass(column, 1, 'for no key update');
    return { name: column.name, reencrypted: inBatches + oneByOne, ...(await this.count(column)) };
  }

  private async pass(column: SealedColumn, batchSize: number, lock: string): Promise<number> {
    let [reencrypted, after] = [0, BEFORE_ALL];
    for (;;) {
      const done = await this.dataSource.transaction((manager) =>
        this.batch(manager, column, { after, batchSize, lock }),
      );
      if (done.last === undefined) {
        return reencrypted;
      }
      reencrypted += done.reencrypted;
      after = done.last;
    }
  }

  private async batch(
    manager: EntityManager,
    column: SealedColumn,
    { after, batchSize, lock }: { after: string; batchSize: number; lock: string },
  ): Promise<{ reencrypted: number; last: string | undefined }> {
    const { table, column: name, id } = column.place;
    const rows: SealedRow[] = await manager.query(
      `select ${id}::text as id, ${name} as sealed from ${table}
        where ${name} is not null and split_part(${name}, '.', 2) <> $1 and ${id} > $2::uuid
        order by ${id} limit $3 ${lock}`,
      [this.secretBox.currentKeyId, after, batchSize],
    );
    const resealed = rows.flatMap((row) => this.reseal(column, row));
    // Compares with what was read, although the row is locked: a lock that is one day forgotten must lose nothing.
    const [, changed]: [unknown, number] = await manager.query(
      `update ${table} as held set ${name} = fresh.sealed
         from unnest($1::uuid[], $2::text[], $3::text[]) as fresh (id, former, sealed)
        where held.${id} = fresh.id and held.${name} = fresh.former`,
      [resealed.map(({ id: row }) => row), resealed.map(({ former }) => former), resealed.map(({ sealed }) => sealed)],
    );
    return { reencrypted: changed, last: rows.at(-1)?.id };
  }

  private reseal(column: SealedColumn, { id, sealed }: SealedRow): Array<SealedRow & { former: string }> {
    const context = column.contextOf(id);
    let secret: string;
    try {
      secret = this.secretBox.open(sealed, context);
    } catch {
      return [];
    }
    return [{ id, former: sealed, sealed: this.secretBox.seal(secret, context) }];
  }

  private async count({ place: { table, column } }: SealedColumn) {
    const rows: Array<{ keyId: string; n: number }> = await this.dataSource.query(
      `select split_part(${column}, '.', 2) as "keyId", count(*)::int as n from ${table}
        where ${column} is not null group by 1 order by 1`,
    );
    const stale = rows.filter(({ keyId }) => keyId !== this.secretBox.currentKeyId);
    return {
      current: rows.find(({ keyId }) => keyId === this.secretBox.currentKeyId)?.n ?? 0,
      left: stale.reduce((sum, { n }) => sum + n, 0),
      leftKeyIds: stale.map(({ keyId }) => keyId),
    };
  }
}
