import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything about a user as a file: made by a job, kept for a day in pieces that any replica can serve. */
export class KeepDataExports1764600000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table data_export (
        id uuid primary key,
        user_id uuid not null references app_user on delete cascade,
        state text not null,
        attempt uuid,
        attempts int not null,
        done_rows int not null,
        total_rows int,
        size_bytes bigint,
        requested_at timestamptz not null,
        ready_at timestamptz,
        expires_at timestamptz not null);
      create unique index one_data_export_per_user on data_export (user_id);
      create index data_export_expiry on data_export (expires_at);

      create table data_export_chunk (
        export_id uuid not null references data_export on delete cascade,
        attempt uuid not null,
        position int not null,
        content bytea not null,
        primary key (export_id, attempt, position));
      -- What is compressed already is not compressed again.
      alter table data_export_chunk alter column content set storage external;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table data_export_chunk; drop table data_export;');
  }
}
