import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A failed play lets go of its duplicates, so they are looked for; and a halt says whether someone has to mend it. */
export class ReleaseBehindFailed1765700000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create index delivery_duplicates on delivery (user_id, duplicate_of) where state = 'duplicate';
      alter table lastfm_call_budget add column needs_operator boolean not null default false;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table lastfm_call_budget drop column needs_operator;
      drop index delivery_duplicates;`);
  }
}
