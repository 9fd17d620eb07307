import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What plays in Discord servers and what comes after it, so that a restart does not end the evening. */
export class CreateMusicQueue1765400000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table music_queue (
        guild_id text not null,
        voice_channel_id text not null,
        text_channel_id text not null,
        current jsonb,
        entries jsonb not null,
        loop text not null,
        volume int not null,
        is_paused boolean not null,
        position_ms int not null,
        message_id text,
        node_resume_id text,
        updated_at timestamptz not null,
        primary key (guild_id)
      )
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table music_queue');
  }
}
