import { BaseDatabase, BaseProperty, BaseRecord, BaseResource, type Filter, type PropertyType } from 'adminjs';

import type { PanelColumn } from '../tables/panel-table.js';
import { type Search, TableReader } from '../tables/table-reader.js';

/** A column, as AdminJS knows properties. */
class ColumnProperty extends BaseProperty {
  constructor(
    name: string,
    private readonly column: PanelColumn,
    private readonly isOrder: boolean,
    position: number,
  ) {
    super({ path: name, position });
  }

  override isEditable(): boolean {
    return false;
  }

  override isSortable(): boolean {
    return this.isOrder;
  }

  override reference(): string | null {
    return this.column.of ?? null;
  }

  override availableValues(): string[] | null {
    return this.column.values ? [...this.column.values] : null;
  }

  override type(): PropertyType {
    return this.column.of === undefined ? this.column.type : 'reference';
  }
}

/** Lets AdminJS read a table of the panel. Its own writing is not there at all. */
export class TableResource extends BaseResource {
  private readonly all: Map<string, BaseProperty>;

  constructor(private readonly reader: TableReader) {
    super(reader);
    const { columns, order } = reader.table;
    const named = Object.entries(columns).map(([name, column], index): [string, BaseProperty] => [
      name,
      new ColumnProperty(name, column, name === order, index + 1),
    ]);
    this.all = new Map([['id', new BaseProperty({ path: 'id', isId: true, isSortable: false })], ...named]);
  }

  static override isAdapterFor(source: unknown): boolean {
    return source instanceof TableReader;
  }

  override databaseName(): string {
    return 'Universal Scrobbler';
  }

  override databaseType(): string {
    return 'postgres';
  }

  override id(): string {
    return this.reader.table.id;
  }

  override properties(): BaseProperty[] {
    return [...this.all.values()];
  }

  override property(path: string): BaseProperty | null {
    return this.all.get(path) ?? null;
  }

  override count(filter: Filter): Promise<number> {
    return this.reader.count(searchOf(filter));
  }

  override async find(
    filter: Filter,
    { limit = 20, offset = 0, sort }: Parameters<BaseResource['find']>[1],
  ): Promise<BaseRecord[]> {
    const rows = await this.reader.find(searchOf(filter), { limit, offset, direction: sort?.direction ?? 'desc' });
    return rows.map((row) => new BaseRecord(row, this));
  }

  override async findOne(id: string): Promise<BaseRecord | null> {
    const [record] = await this.findMany([id]);
    return record ?? null;
  }

  override async findMany(ids: Array<string | number>): Promise<BaseRecord[]> {
    const rows = await this.reader.findByKeys(ids.map(String));
    return rows.map((row) => new BaseRecord(row, this));
  }
}

/** AdminJS wants one beside each kind of resource; ours are named one by one. */
export class NoDatabase extends BaseDatabase {
  static override isAdapterFor(): boolean {
    return false;
  }
}

function searchOf({ filters }: Filter): Search {
  return Object.fromEntries(Object.entries(filters).map(([name, { value }]) => [name, value]));
}
