import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The daily budget of an account, runs that wait for it, scrobbles that are corrected and sent again, and the check of the profile. */
export class AddDailyBudgetAndResend1763700000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table delivery_lane
        add column budget_day date,
        add column sent_today int not null default 0,
        add column learned_cap int,
        add column learned_on date;

      alter table scrobble_run add column resumes_at timestamptz;
      create index scrobble_run_resuming on scrobble_run (resumes_at) where resumes_at is not null;

      create table scrobble_resend (
        id uuid primary key,
        user_id uuid not null,
        scrobble_id uuid not null,
        previous_state text not null,
        previous_reason text,
        verdict_code int,
        verdict_message text,
        names_before jsonb,
        resent_at timestamptz not null,
        foreign key (user_id, scrobble_id) references scrobble (user_id, id) on delete cascade);
      create index scrobble_resend_of_scrobble on scrobble_resend (user_id, scrobble_id, resent_at);

      alter table delivery add column missing_since timestamptz;

      alter table lastfm_account
        add column profile_checks boolean not null default false,
        add column profile_checked_at timestamptz;
      create index lastfm_account_to_check on lastfm_account (profile_checked_at) where profile_checks;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index lastfm_account_to_check;
      alter table lastfm_account drop column profile_checks, drop column profile_checked_at;
      alter table delivery drop column missing_since;
      drop table scrobble_resend;
      drop index scrobble_run_resuming;
      alter table scrobble_run drop column resumes_at;
      alter table delivery_lane
        drop column budget_day, drop column sent_today, drop column learned_cap, drop column learned_on;`);
  }
}
