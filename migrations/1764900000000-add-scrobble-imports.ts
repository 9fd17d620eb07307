import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Listening histories that people bring; the upload lies in pieces, where every replica finds it, until it has been read. */
export class AddScrobbleImports1764900000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table scrobble_import (
        id uuid primary key,
        user_id uuid not null references app_user on delete cascade,
        file_name text not null,
        state text not null,
        starts_by_itself boolean not null,
        send_recent boolean not null,
        time_zone text not null,
        format text,
        needs_time_zone boolean not null,
        rows_done integer not null,
        preview jsonb,
        failure jsonb,
        removed integer not null,
        created_at timestamptz not null,
        finished_at timestamptz);
      create index scrobble_import_of_user on scrobble_import (user_id, created_at);
      create unique index one_open_import_per_user on scrobble_import (user_id)
        where state in ('reading', 'ready', 'importing', 'undoing');

      create table scrobble_import_chunk (
        import_id uuid not null references scrobble_import on delete cascade,
        number integer not null,
        bytes bytea not null,
        primary key (import_id, number));

      alter table scrobble add column import_id uuid;
      create index scrobble_of_import on scrobble (user_id, import_id) where import_id is not null;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index scrobble_of_import;
      alter table scrobble drop column import_id;
      drop table scrobble_import_chunk, scrobble_import;`);
  }
}
