import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Playlists that are read from a platform, and what has been read of each so far. */
export class ImportPlaylistsByLink1765110000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table playlist_import (
        id uuid primary key,
        user_id uuid not null references app_user on delete cascade,
        purpose text not null,
        state text not null,
        platform text not null,
        source_id text not null,
        url text not null,
        title text not null,
        description text,
        playlist_id uuid references playlist on delete set null,
        track_total integer not null,
        tracks_read integer not null,
        next integer,
        resumes_at timestamptz,
        failures integer not null,
        report jsonb,
        changes jsonb,
        base_version integer,
        failure jsonb,
        created_at timestamptz not null,
        finished_at timestamptz);
      create index playlist_import_of_user on playlist_import (user_id);
      create unique index one_open_import_per_playlist on playlist_import (user_id, purpose, platform, source_id)
        where state = 'reading';
      create index playlist_import_to_resume on playlist_import (resumes_at) where resumes_at is not null;

      create table playlist_import_page (
        import_id uuid not null references playlist_import on delete cascade,
        start integer not null,
        entries jsonb not null,
        primary key (import_id, start));`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table playlist_import_page, playlist_import;');
  }
}
