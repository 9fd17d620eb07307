import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Users can be kept out, and the audit trail says who did something to somebody else. */
export class LetModeratorsAct1765600000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table app_user add column suspended_at timestamptz;
      alter table audit_entry add column actor_id uuid references app_user (id) on delete set null;
      create index audit_entry_of_actor on audit_entry (actor_id) where actor_id is not null;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table audit_entry drop column actor_id;
      alter table app_user drop column suspended_at;`);
  }
}
