import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATES = `('queued', 'held', 'sending')`;
const STATES_BEFORE = `('queued', 'held')`;

/** What is on its way without anybody being able to look it up expires too. */
export class ExpireUncertainDeliveries1763720000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await index(queryRunner, STATES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await index(queryRunner, STATES_BEFORE);
  }
}

async function index(queryRunner: QueryRunner, states: string): Promise<void> {
  await queryRunner.query(`
    drop index delivery_deadline;
    create index delivery_deadline on delivery (deadline_at) where state in ${states};`);
}
