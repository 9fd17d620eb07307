import type { TestApp } from './test-app.js';

/** Every row of every table as text, the job queue included: what someone with a copy of the database would read. */
export async function everythingStored(app: TestApp): Promise<string> {
  const tables = await app.sql<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE'`,
  );
  const rows = await Promise.all(
    tables.map(({ name }) => app.sql<{ row: string }>(`select each::text as row from ${name} as each`)),
  );
  return rows.flatMap((table) => table.map(({ row }) => row)).join('\n');
}
