import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Browsers that are on their way to somebody who vouches for them, so that whichever replica they come back to knows. */
export class RememberSignInAttempts1764200100000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table sign_in_attempt (
        state_hash text primary key,
        browser_hash text not null,
        kind text not null,
        user_id uuid references app_user on delete cascade,
        next text not null,
        expires_at timestamptz not null);
      create index sign_in_attempt_of_user on sign_in_attempt (user_id);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table sign_in_attempt');
  }
}
