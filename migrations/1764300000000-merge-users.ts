import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Two users can become one. Their runs may have used the same seconds, each for its own account: so no second is used twice
 * by one run, and that no two runs of a user share one is seen to where a run starts.
 */
export class MergeUsers1764300000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table user_merge (
        id uuid primary key,
        into_user_id uuid not null references app_user on delete cascade,
        from_user_id uuid not null,
        proven_kind text not null,
        proven_name text not null,
        confirmation_hash text not null,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        done_at timestamptz);
      create index user_merge_of_user on user_merge (into_user_id);

      create table ledger_move (
        from_user_id uuid primary key,
        into_user_id uuid not null references app_user on delete cascade,
        moved_at timestamptz not null);
      create index ledger_move_into on ledger_move (into_user_id);

      drop index one_run_scrobble_a_second;
      create unique index one_run_scrobble_a_second on scrobble (user_id, played_at, run_id) where source = 'run';`);
  }

  /** Fails where two merged users have runs that share a second: then there is no way back. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index one_run_scrobble_a_second;
      create unique index one_run_scrobble_a_second on scrobble (user_id, played_at) where source = 'run';
      drop table ledger_move, user_merge;`);
  }
}
