import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who wants what they hear at Spotify scrobbled, when it is looked at next, and which plays have been seen. */
export class ListenAtSpotify1765120000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table spotify_listening (
        user_id uuid primary key references app_user on delete cascade,
        enabled_at timestamptz not null,
        due_at timestamptz not null,
        heard jsonb not null,
        announced jsonb,
        failures integer not null,
        problem jsonb);
      create index spotify_listening_due on spotify_listening (due_at);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table spotify_listening;');
  }
}
