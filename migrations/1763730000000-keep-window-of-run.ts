import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A tick no longer writes the window of a run again: it counts how far it has come. The window lies outside the row, so
 * that what is written each time stays small.
 */
export class KeepWindowOfRun1763730000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table scrobble_run
        add column window_position int not null default 0,
        set (toast_tuple_target = 512);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      update scrobble_run set upcoming = jsonb_path_query_array(upcoming, '$[$from to last]',
        jsonb_build_object('from', window_position)) where window_position > 0;
      alter table scrobble_run drop column window_position, reset (toast_tuple_target);`);
  }
}
