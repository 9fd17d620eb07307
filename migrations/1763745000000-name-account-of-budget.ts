import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A daily budget is of one Last.fm account; and what failed is warned of before its deadline, too. */
export class NameAccountOfBudget1763745000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table delivery_lane add column budget_account text;
      update delivery_lane l set budget_account = a.username_key
        from lastfm_account a where a.user_id = l.user_id and l.destination = 'lastfm';
      create index delivery_failed on delivery (deadline_at) where state = 'failed';`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index delivery_failed;
      alter table delivery_lane drop column budget_account;`);
  }
}
