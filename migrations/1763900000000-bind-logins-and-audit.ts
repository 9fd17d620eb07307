import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Login sessions belong to the browser that signed in, and what happens to the safety of an account is noted. Login
 * sessions of before cannot be bound to anything any more: they end, and people sign in once again.
 */
export class BindLoginsAndAudit1763900000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      delete from login_session;
      alter table login_session
        drop column user_agent,
        add column device text not null,
        add column fingerprint_hash text not null,
        add column client_hash text,
        add column ended_at timestamptz;

      create table audit_entry (
        id uuid primary key,
        user_id uuid references app_user on delete set null,
        action text not null,
        network text,
        device text,
        details jsonb not null,
        occurred_at timestamptz not null);
      create index audit_entry_of_user on audit_entry (user_id, occurred_at);
      create index audit_entry_by_time on audit_entry (occurred_at);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table audit_entry;
      delete from login_session;
      alter table login_session
        drop column device,
        drop column fingerprint_hash,
        drop column client_hash,
        drop column ended_at,
        add column user_agent text not null;`);
  }
}
