import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How much of each caller's limit is taken. Unlogged: a crash may forget the last minute, and no write waits for the disk. */
export class CountRequests1764010000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create unlogged table rate_limit_window (
        key text primary key,
        starts_at timestamptz not null,
        taken int not null
      ) with (fillfactor = 70);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table rate_limit_window');
  }
}
