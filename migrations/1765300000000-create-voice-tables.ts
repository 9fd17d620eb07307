import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What plays in voice channels, who was there, what was decided on each of them, and who allows it where. */
export class CreateVoiceTables1765300000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table playback (
        id uuid primary key,
        player_id uuid not null,
        start_event_id text not null,
        guild_id text not null,
        channel_id text not null,
        channel_name text,
        artist text not null,
        title text not null,
        album text,
        duration_seconds integer,
        requested_by text,
        policy text not null,
        threshold_ms integer,
        started_at timestamptz not null,
        seen_at timestamptz not null,
        decide_at timestamptz,
        decided_at timestamptz,
        ended_at timestamptz,
        end_reason text);
      create unique index one_playback_per_start on playback (player_id, start_event_id);
      create index playback_due on playback (decide_at) where decide_at is not null;
      create index open_playback on playback (player_id, guild_id) where ended_at is null;
      create index playback_of_guild on playback (guild_id, started_at);
      create index ended_playback on playback (ended_at) where ended_at is not null;

      create table playback_event (
        id uuid primary key,
        playback_id uuid not null references playback on delete cascade,
        event_id text not null,
        kind text not null,
        at timestamptz not null,
        since timestamptz,
        position_seconds integer,
        ended_because text,
        listeners text[] not null,
        deafened text[] not null);
      create unique index one_playback_event_per_id on playback_event (playback_id, event_id);`);
    await this.createFindings(queryRunner);
    await this.createChoices(queryRunner);
  }

  /** What is worked out from the events. */
  private async createFindings(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table presence (
        playback_id uuid not null references playback on delete cascade,
        discord_user_id text not null,
        joined_at timestamptz not null,
        left_at timestamptz not null,
        heard_seconds integer not null,
        primary key (playback_id, discord_user_id, joined_at));
      create index presence_of_person on presence (discord_user_id);

      create table voice_decision (
        playback_id uuid not null references playback on delete cascade,
        discord_user_id text not null,
        reason text not null,
        decided_at timestamptz,
        scrobble_id uuid,
        primary key (playback_id, discord_user_id));
      create index voice_decision_of_person on voice_decision (discord_user_id, playback_id);`);
  }

  /** What people and servers have chosen. */
  private async createChoices(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table guild_settings (
        guild_id text primary key,
        name text,
        threshold_policy text,
        channel_ids text[],
        dj_role_id text,
        announces boolean not null,
        log_channel_id text,
        updated_at timestamptz not null,
        updated_by text);

      create table voice_consent (
        user_id uuid not null references app_user on delete cascade,
        guild_id text not null,
        channel_id text not null,
        is_allowed boolean not null,
        until timestamptz,
        changed_at timestamptz not null,
        primary key (user_id, guild_id, channel_id));

      create table voice_consent_change (
        id uuid primary key,
        user_id uuid not null references app_user on delete cascade,
        guild_id text not null,
        channel_id text not null,
        is_allowed boolean,
        until timestamptz,
        changed_at timestamptz not null);
      create index voice_consent_change_of_user on voice_consent_change (user_id, changed_at);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table voice_consent_change, voice_consent, guild_settings, voice_decision, presence, playback_event, playback;`);
  }
}
