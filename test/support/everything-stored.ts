import type { TestApp } from './test-app.js';

/** Every row of every table as text, the job queue included: what someone with a copy of the database would read. */
export async function everythingStored(app: TestApp): Promise<string> {
  const tables = await app.sql<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE' order by 1`,
  );
  const rows = await app.sql<{ row: string }>(
    tables.map(({ name }) => `select each::text as row from ${name} as each`).join(' union all '),
  );
  return rows.map(({ row }) => row).join('\n');
}
