import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What went wrong with scrobbles from voice channels, for whoever runs the bot. */
export class LogBotFailures1765300010000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table bot_log_entry (
        id uuid primary key,
        user_id uuid not null references app_user on delete cascade,
        scrobble_id uuid not null,
        attempt integer not null,
        guild_id text,
        channel_id text,
        artist text not null,
        title text not null,
        state text not null,
        reason text not null,
        message text,
        created_at timestamptz not null,
        posted_at timestamptz);
      create unique index one_bot_log_entry_per_failure on bot_log_entry (scrobble_id, attempt);
      create index bot_log_entry_of_user on bot_log_entry (user_id);
      create index bot_log_by_time on bot_log_entry (created_at);
      create index bot_log_to_post on bot_log_entry (guild_id, created_at) where posted_at is null;
      create index voice_decision_of_scrobble on voice_decision (scrobble_id) where scrobble_id is not null;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index voice_decision_of_scrobble; drop table bot_log_entry;');
  }
}
