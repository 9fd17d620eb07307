import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts at Spotify that users let us read. Both tokens are sealed. */
export class ConnectPlatforms1765100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table platform_account (
        id uuid primary key,
        user_id uuid not null references app_user on delete cascade,
        platform text not null,
        external_id text not null,
        name text not null,
        state text not null,
        access_token text,
        access_ends_at timestamptz,
        refresh_token text,
        scope text not null,
        connected_at timestamptz not null,
        consent_ends_at timestamptz not null);
      create unique index one_account_per_platform on platform_account (user_id, platform);
      create index platform_account_by_end on platform_account (consent_ends_at) where state = 'connected';`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table platform_account;');
  }
}
