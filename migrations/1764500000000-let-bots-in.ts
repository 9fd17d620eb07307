import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys for music bots, and which announcement of an account is the latest. */
export class LetBotsIn1764500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table bot_key (
        id uuid primary key,
        name text not null,
        key_hash text not null,
        created_by_id uuid references app_user (id) on delete set null,
        created_at timestamptz not null,
        last_used_at timestamptz,
        revoked_at timestamptz
      );
      create unique index bot_key_by_hash on bot_key (key_hash);
      alter table lastfm_account add column announcement_id uuid;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table lastfm_account drop column announcement_id;
      drop table bot_key;`);
  }
}
