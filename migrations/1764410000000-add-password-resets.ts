import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links by which people who have forgotten their password set a new one. */
export class AddPasswordResets1764410000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table password_reset (
        id uuid primary key,
        user_id uuid not null references app_user on delete cascade,
        token_hash text not null,
        created_at timestamptz not null,
        expires_at timestamptz not null);
      create unique index password_reset_by_token on password_reset (token_hash);
      create index password_reset_of_user on password_reset (user_id, created_at);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table password_reset');
  }
}
