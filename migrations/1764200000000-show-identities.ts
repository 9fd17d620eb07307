import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A user may have several ways in, so each has something to tell it from the others. */
export class ShowIdentities1764200000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table identity
        add column name text,
        add column picture_url text,
        add column last_used_at timestamptz;
      update identity set name = subject where kind = 'password';
      alter table identity alter column name set not null;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      delete from identity where kind <> 'password';
      alter table identity drop column name, drop column picture_url, drop column last_used_at;`);
  }
}
