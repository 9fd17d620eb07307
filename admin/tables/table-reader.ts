import type { DataSource } from 'typeorm';

import type { KeyForm, PanelColumn, PanelTable } from './panel-table.js';

const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const KEYS: Readonly<Record<KeyForm, RegExp>> = {
  uuid: new RegExp(`^${UUID}$`, 'i'),
  'uuid pair': new RegExp(`^${UUID}\\.${UUID}$`, 'i'),
  number: /^\d{1,18}$/,
};
const LONGEST_PAGE = 500;
/** Counting on would take long, and nobody leafs so far. */
const COUNTED_AT_MOST = 10_000;

interface Period {
  from?: string;
  to?: string;
}

/** What is looked for, by column; what no searched column is called is passed over. */
export type Search = Readonly<Record<string, string | Period>>;

export interface Slice {
  limit: number;
  offset: number;
  direction: 'asc' | 'desc';
}

export type Row = Record<string, unknown>;

/** Reads a table of the panel, and nothing of it but its columns. */
export class TableReader {
  constructor(
    private readonly dataSource: DataSource,
    readonly table: PanelTable,
  ) {}

  async count(search: Search): Promise<number> {
    const { where, params } = this.condition(search);
    const [{ n }] = await this.dataSource.query<[{ n: number }]>(
      `select count(*)::int as n from (select from ${this.table.from} where ${where} limit ${COUNTED_AT_MOST}) counted`,
      params,
    );
    return n;
  }

  find(search: Search, { limit, offset, direction }: Slice): Promise<Row[]> {
    const { where, params } = this.condition(search);
    const { columns, order, key } = this.table;
    return this.select(
      `where ${where} order by ${columns[order]?.sql ?? key} ${direction}, ${key} ${direction}
       limit $${params.length + 1} offset $${params.length + 2}`,
      [...params, bounded(limit, LONGEST_PAGE), bounded(offset, COUNTED_AT_MOST)],
    );
  }

  /** In no particular order; a key that names nothing is passed over. */
  async findByKeys(keys: readonly string[]): Promise<Row[]> {
    const found = await Promise.all(
      keys.filter((key) => isKey(key, this.table.keyIs)).map((key) => this.select(`where ${this.table.byKey}`, [key])),
    );
    return found.flat();
  }

  private select(rest: string, params: unknown[]): Promise<Row[]> {
    const { columns, key, from } = this.table;
    const selected = Object.entries(columns).map(([name, { sql }]) => `${sql} as "${name}"`);
    return this.dataSource.query<Row[]>(`select ${key} as id, ${selected.join(', ')} from ${from} ${rest}`, params);
  }

  private condition(search: Search): { where: string; params: unknown[] } {
    const params: unknown[] = [];
    const add = (value: unknown): string => `$${params.push(value)}`;
    const { narrowed, columns } = this.table;
    const conditions = narrowed && typeof search[narrowed.unless] !== 'string' ? [narrowed.to] : [];
    for (const [name, column] of Object.entries(columns)) {
      const wanted = search[name];
      if (column.isSearched && wanted !== undefined) {
        conditions.push(...(typeof wanted === 'string' ? [matches(column, wanted, add)] : within(column, wanted, add)));
      }
    }
    return { where: conditions.length > 0 ? conditions.join(' and ') : 'true', params };
  }
}

function matches({ sql, type, values, of }: PanelColumn, wanted: string, add: (value: unknown) => string): string {
  if (type === 'boolean') {
    return `${sql} = ${add(wanted === 'true')}`;
  }
  if (of !== undefined) {
    return isKey(wanted, 'uuid') ? `${sql} = ${add(wanted)}::uuid` : 'false';
  }
  if (values) {
    return `${sql} = ${add(wanted)}`;
  }
  return `${sql}::text ilike ${add(`%${wanted.replace(/[\\%_]/g, '\\$&')}%`)}`;
}

function within({ sql }: PanelColumn, { from, to }: Period, add: (value: unknown) => string): string[] {
  const bound = (sign: string, moment: string | undefined): string[] =>
    moment !== undefined && !Number.isNaN(Date.parse(moment)) ? [`${sql} ${sign} ${add(new Date(moment))}`] : [];
  return [...bound('>=', from), ...bound('<=', to)];
}

/** What came with a request need be no number, nor one that can be leafed to. */
function bounded(value: number, most: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(0, Math.trunc(value)), most) : 0;
}

function isKey(key: string, form: KeyForm): boolean {
  return KEYS[form].test(key);
}
