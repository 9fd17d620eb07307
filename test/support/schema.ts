import { DataSource, type DataSourceOptions } from 'typeorm';

/** Whoever can run a query: a data source, or a transaction. */
interface Queryable {
  query(sql: string): Promise<unknown>;
}

/**
 * Every column, index and constraint of the public schema, a line each, as PostgreSQL itself describes them. Partitions
 * are left out, and so is whether a table has any: neither is known to an entity.
 */
export async function describeSchema(database: Queryable): Promise<string[]> {
  const rows = (await database.query(`
    with own_table as (
      select oid, relname from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition)
    select format('%s column %s %s%s', relname, attname, format_type(atttypid, atttypmod),
                  case when attnotnull then ' not null' else '' end)
           || coalesce(' default ' || pg_get_expr(adbin, adrelid), '') as line
      from own_table join pg_attribute on attrelid = own_table.oid and attnum > 0 and not attisdropped
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
    union all
    select format('%s index %s', relname, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON '))
      from own_table join pg_index on indrelid = own_table.oid
    union all
    select format('%s constraint %s %s', relname, conname, pg_get_constraintdef(pg_constraint.oid))
      from own_table join pg_constraint on conrelid = own_table.oid and contype <> 'n' and conparentid = 0
    order by 1`)) as Array<{ line: string }>;
  return rows.map(({ line }) => line);
}

/** The schema that the entities alone would give an empty database. */
export async function describeSchemaOfEntities(app: DataSource, emptyDatabaseUrl: string): Promise<string[]> {
  const dataSource = new DataSource({ ...app.options, url: emptyDatabaseUrl } as DataSourceOptions);
  await dataSource.initialize();
  try {
    await dataSource.synchronize();
    return await describeSchema(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
