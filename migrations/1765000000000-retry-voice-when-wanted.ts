import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Scrobbles from voice channels are sent again by themselves, for whoever wants that. */
export class RetryVoiceWhenWanted1765000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table lastfm_account add column retries_voice boolean not null default false');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table lastfm_account drop column retries_voice');
  }
}
