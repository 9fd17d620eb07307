import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when an account is the same one: what was sent before that went to another profile. */
export class DateLastfmAccounts1763740000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table lastfm_account add column same_since timestamptz not null default now();
      update lastfm_account set same_since = linked_at;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table lastfm_account drop column same_since');
  }
}
