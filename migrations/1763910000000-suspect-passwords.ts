import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A password that someone else may know signs nobody in until it is changed. */
export class SuspectPasswords1763910000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table identity add column password_suspected_at timestamptz');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table identity drop column password_suspected_at');
  }
}
