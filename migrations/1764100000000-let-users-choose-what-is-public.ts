import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Profile and statistics are private until their user wants them public, each apart. */
export class LetUsersChooseWhatIsPublic1764100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table app_user
        add column profile_public boolean not null default false,
        add column statistics_public boolean not null default false;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table app_user drop column profile_public, drop column statistics_public');
  }
}
