import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The lane that is served next is read off an index, however many wait: in the order of service while most of them are
 * due, by their moment while most of them back off.
 */
export class OrderDueLanes1763710000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      update delivery_lane set last_served_at = 'epoch' where last_served_at is null;
      alter table delivery_lane alter column last_served_at set default 'epoch', alter column last_served_at set not null;
      create index delivery_lane_next_attempt on delivery_lane (destination, next_attempt_at)
        where next_attempt_at is not null;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index delivery_lane_next_attempt;
      alter table delivery_lane alter column last_served_at drop not null, alter column last_served_at drop default;`);
  }
}
