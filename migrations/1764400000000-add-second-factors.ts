import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A code besides the password: who wants it, with which secret, the codes for a lost phone, and sign-ins that wait for one. */
export class AddSecondFactors1764400000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table login_session add column second_factor_at timestamptz;

      create table second_factor (
        user_id uuid primary key references app_user on delete cascade,
        secret text not null,
        confirmed_at timestamptz,
        last_step integer not null,
        failed_attempts integer not null,
        blocked_until timestamptz,
        created_at timestamptz not null);

      create table recovery_code (
        id uuid primary key,
        user_id uuid not null references app_user on delete cascade,
        code_hash text not null);
      create unique index recovery_code_of_user on recovery_code (user_id, code_hash);

      create table login_challenge (
        id uuid primary key,
        token_hash text not null,
        user_id uuid not null references app_user on delete cascade,
        method text not null,
        fingerprint_hash text not null,
        client_hash text,
        created_at timestamptz not null,
        expires_at timestamptz not null);
      create unique index login_challenge_by_token on login_challenge (token_hash);
      create index login_challenge_of_user on login_challenge (user_id);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table login_challenge, recovery_code, second_factor;
      alter table login_session drop column second_factor_at;`);
  }
}
