import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tracks before the last change of a playlist, for one step back. */
export class UndoPlaylistChanges1765200000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table playlist add column previous_tracks jsonb;
      alter table playlist add column previous_track_count int;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table playlist drop column previous_tracks;
      alter table playlist drop column previous_track_count;`);
  }
}
