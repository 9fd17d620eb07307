import pg from 'pg';

/**
 * Watches a database from inside: every row that is ever written to any table, the job queue included, also one that is
 * changed or deleted a moment later, and every message between replicas.
 */
export class EverythingWritten {
  private readonly messages: string[] = [];

  private client: pg.Client;

  private constructor(private readonly databaseUrl: string) {}

  /** To be called when all tables are there. */
  static async watch(databaseUrl: string): Promise<EverythingWritten> {
    const watcher = new EverythingWritten(databaseUrl);
    await watcher.resume();
    await watcher.client.query(`
      create schema watcher;
      create table watcher.written (place text not null, content text not null);
      create function watcher.note() returns trigger language plpgsql security definer as $$
        begin insert into watcher.written values (tg_table_name, new::text); return null; end $$;
      do $$ declare place record; begin
        -- A trigger of a partitioned table comes to each of its partitions.
        for place in select nspname as table_schema, relname as table_name
                       from pg_class join pg_namespace n on n.oid = relnamespace
                      where nspname in ('public', 'graphile_worker') and relkind in ('r', 'p') and not relispartition loop
          execute format('create trigger watched_by_test after insert or update on %I.%I
                            for each row execute function watcher.note()', place.table_schema, place.table_name);
        end loop;
      end $$;`);
    return watcher;
  }

  /** Listens, or listens again after the database was away. */
  async resume(): Promise<void> {
    this.client = new pg.Client({ connectionString: this.databaseUrl });
    this.client.on('error', () => undefined);
    this.client.on('notification', ({ payload = '' }) => this.messages.push(payload));
    await this.client.connect();
    await this.client.query('listen "live-update"; listen "delivery-due"');
  }

  /** What was written so far, by place. */
  async read(): Promise<Array<{ place: string; content: string }>> {
    const { rows } = await this.client.query<{ place: string; content: string }>('select * from watcher.written');
    return [...rows, ...this.messages.map((content) => ({ place: 'a message between replicas', content }))];
  }

  /** What stands there now. */
  async rows<Row extends object>(sql: string): Promise<Row[]> {
    return (await this.client.query<Row>(sql)).rows;
  }

  async stop(): Promise<void> {
    await this.client.end();
  }
}
