import type { EntityManager } from 'typeorm';

import type { UserId } from '../ids.js';

/**
 * One table of what a person gets when they ask for everything about themselves. It names every column, so that neither a
 * secret nor a column of tomorrow slips in.
 */
export interface ExportedTable {
  /** Of its files: `scrobbles` becomes `scrobbles.json` and `scrobbles.csv`. */
  name: string;
  /** What it holds, in a sentence for its person. */
  about: string;
  /** The name in the file, and where in SQL it comes from. Secrets and their hashes are nothing to export. */
  columns: Readonly<Record<string, string>>;
  /** The rest of the statement: tables, and the condition that the user is `$1`. */
  from: string;
  orderBy: string;
}

export type ExportedRow = Record<string, unknown>;

/** So many rows are in memory at a time. */
const FETCHED_AT_ONCE = 1_000;

export async function countRows(manager: EntityManager, { from }: ExportedTable, userId: UserId): Promise<number> {
  const [{ n }] = await manager.query<[{ n: number }]>(`select count(*)::int as n from ${from}`, [userId]);
  return n;
}

/** However many there are, a few at a time; in the caller's transaction, in which no other such reading may be open. */
export async function* readRows(
  manager: EntityManager,
  { columns, from, orderBy }: ExportedTable,
  userId: UserId,
): AsyncGenerator<ExportedRow[]> {
  const selected = Object.entries(columns).map(([name, expression]) => `${expression} as "${name}"`);
  await manager.query(
    `declare exported no scroll cursor for select ${selected.join(', ')} from ${from} order by ${orderBy}`,
    [userId],
  );
  let rows: ExportedRow[];
  do {
    rows = await manager.query<ExportedRow[]>(`fetch ${FETCHED_AT_ONCE} from exported`);
    if (rows.length > 0) {
      yield rows;
    }
  } while (rows.length === FETCHED_AT_ONCE);
  await manager.query('close exported');
}
