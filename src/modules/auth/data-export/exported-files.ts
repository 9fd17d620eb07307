import type { EntityManager } from 'typeorm';

import type { UserId } from '../../../common/ids.js';
import { countRows, type ExportedRow, type ExportedTable, readRows } from '../../../common/user-data/exported-table.js';
import { type ArchivedFile, asCsv, asJson } from './archive.js';

const BEFORE = `Everything Universal Scrobbler keeps about you.

Each table comes twice: as JSON for programs, and as CSV for spreadsheets. All times are in UTC. Secrets are left out: your
password, the keys and tokens, and what they are recognised by.

In the CSV files an apostrophe stands before what a spreadsheet would take for a formula.
`;

/** Every table of a user as two files, and a page that says what they are. Counts the rows as they are read. */
export class ExportedFiles implements Iterable<ArchivedFile> {
  doneRows = 0;

  constructor(
    private readonly manager: EntityManager,
    private readonly tables: readonly ExportedTable[],
    private readonly userId: UserId,
  ) {}

  async totalRows(): Promise<number> {
    let total = 0;
    for (const table of this.tables) {
      total += 2 * (await countRows(this.manager, table, this.userId));
    }
    return total;
  }

  *[Symbol.iterator](): Iterator<ArchivedFile> {
    yield { name: 'READ ME.txt', content: () => [this.readMe()] };
    for (const table of this.tables) {
      yield { name: `json/${table.name}.json`, content: () => asJson(this.read(table)) };
      yield { name: `csv/${table.name}.csv`, content: () => asCsv(Object.keys(table.columns), this.read(table)) };
    }
  }

  private async *read(table: ExportedTable): AsyncGenerator<ExportedRow[]> {
    for await (const rows of readRows(this.manager, table, this.userId)) {
      this.doneRows += rows.length;
      yield rows;
    }
  }

  private readMe(): string {
    return [BEFORE, ...this.tables.map(({ name, about }) => `${name}: ${about}`), ''].join('\n');
  }
}
