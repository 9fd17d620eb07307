import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Never change this number: rows would be looked for in the wrong partition. */
const LEDGER_PARTITIONS = 16;

const ACCOUNTS = `
  create table app_user (
    id uuid primary key,
    display_name text not null,
    role text not null,
    time_zone text not null,
    created_at timestamptz not null);

  create table identity (
    id uuid primary key,
    user_id uuid not null references app_user on delete cascade,
    kind text not null,
    subject text not null,
    password_hash text,
    created_at timestamptz not null);
  create unique index one_identity_per_subject on identity (kind, subject);
  create index identity_of_user on identity (user_id);

  create table login_session (
    id uuid primary key,
    token_hash text not null,
    user_id uuid not null references app_user on delete cascade,
    user_agent text not null,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null);
  create unique index login_session_by_token on login_session (token_hash);
  create index login_session_of_user on login_session (user_id);

  create table api_token (
    id uuid primary key,
    user_id uuid not null references app_user on delete cascade,
    name text not null,
    scopes text[] not null,
    token_hash text not null,
    created_at timestamptz not null,
    last_used_at timestamptz);
  create unique index api_token_by_hash on api_token (token_hash);
  create index api_token_of_user on api_token (user_id);

  create table notification (
    id uuid primary key,
    user_id uuid not null references app_user on delete cascade,
    kind text not null,
    text text not null,
    dedupe_key text not null,
    created_at timestamptz not null,
    read_at timestamptz);
  create unique index one_notification_per_cause on notification (user_id, dedupe_key);
`;

const LASTFM = `
  create table lastfm_account (
    user_id uuid primary key references app_user on delete cascade,
    username text not null,
    username_key text not null,
    session_key text not null,
    state text not null,
    scrobbling_enabled boolean not null,
    linked_at timestamptz not null,
    rejected_at timestamptz,
    profile jsonb);
  create unique index one_user_per_lastfm_username on lastfm_account (username_key);

  create table lastfm_handshake (
    id uuid primary key,
    state_hash text not null,
    user_id uuid not null references app_user on delete cascade,
    step text not null,
    lastfm_username text,
    session_key text,
    confirmation_hash text,
    created_at timestamptz not null,
    expires_at timestamptz not null);
  create unique index lastfm_handshake_by_state on lastfm_handshake (state_hash);
  create index lastfm_handshake_of_user on lastfm_handshake (user_id);

  create table lastfm_call_budget (
    id text primary key,
    next_free_at timestamptz not null,
    halted_until timestamptz,
    halted_reason text);
`;

const PLAYLISTS = `
  create table playlist (
    id uuid primary key,
    owner_id uuid not null references app_user on delete cascade,
    title text not null,
    description text,
    visibility text not null,
    category text,
    source jsonb not null,
    tracks jsonb not null,
    track_count int not null,
    duration_seconds int not null,
    version int not null,
    created_at timestamptz not null,
    updated_at timestamptz not null);
  create index playlist_of_owner on playlist (owner_id, updated_at);

  create table scrobble_run (
    id uuid primary key,
    user_id uuid not null references app_user on delete cascade,
    playlist_id uuid references playlist on delete set null,
    playlist_title text not null,
    state text not null,
    paused_reason text,
    pace text not null,
    interval_minutes int,
    track_order text not null,
    seed int not null,
    repeat boolean not null,
    pass int not null,
    position int not null,
    track_count int not null,
    upcoming jsonb not null,
    next_play_at timestamptz,
    next_due_at timestamptz,
    last_played_at timestamptz,
    gap_seconds int not null,
    last_gap_from timestamptz,
    last_gap_until timestamptz,
    started_at timestamptz not null,
    finished_at timestamptz);
  create unique index one_active_run_per_user on scrobble_run (user_id) where state in ('running', 'paused');
  create index scrobble_run_of_user on scrobble_run (user_id, started_at);
  create index scrobble_run_due on scrobble_run (next_due_at) where state = 'running';
`;

const LEDGER = `
  create table scrobble (
    user_id uuid not null references app_user on delete cascade,
    id uuid not null,
    artist text not null,
    title text not null,
    album text,
    album_artist text,
    duration_seconds int,
    played_at timestamptz not null,
    source text not null,
    provenance text not null,
    chosen_by_user boolean not null,
    match_key text not null,
    run_id uuid,
    created_at timestamptz not null,
    primary key (user_id, id)) partition by hash (user_id);
  create index scrobble_history on scrobble (user_id, played_at, id);
  create index scrobble_match on scrobble (user_id, match_key, played_at);
  create index scrobble_of_run on scrobble (user_id, run_id) where run_id is not null;
  create unique index one_run_scrobble_a_second on scrobble (user_id, played_at) where source = 'run';

  create table delivery (
    user_id uuid not null,
    scrobble_id uuid not null,
    destination text not null,
    state text not null,
    reason text,
    played_at timestamptz not null,
    verdict_code int,
    verdict_message text,
    corrected jsonb,
    attempts int not null,
    next_attempt_at timestamptz,
    deadline_at timestamptz not null,
    duplicate_of uuid,
    created_at timestamptz not null,
    sent_at timestamptz,
    settled_at timestamptz,
    primary key (user_id, scrobble_id, destination),
    foreign key (user_id, scrobble_id) references scrobble (user_id, id) on delete cascade
  ) partition by hash (user_id);
  create index delivery_waiting on delivery (user_id, destination, played_at)
    where state in ('queued', 'held', 'sending');
  create index delivery_deadline on delivery (deadline_at) where state in ('queued', 'held');

  create table delivery_lane (
    user_id uuid not null references app_user on delete cascade,
    destination text not null,
    next_attempt_at timestamptz,
    parked_until timestamptz,
    priority int not null,
    last_served_at timestamptz,
    lease_id uuid,
    leased_until timestamptz,
    failures int not null,
    batch_limit int not null,
    primary key (user_id, destination));
  create index delivery_lane_due on delivery_lane (destination, priority, last_served_at)
    where next_attempt_at is not null;
`;

const JOBS = `
  create table job_worker (id text primary key, seen_at timestamptz not null);
`;

function partitionsOf(table: string): string {
  const remainders = Array.from({ length: LEDGER_PARTITIONS }, (_, remainder) => remainder);
  return remainders
    .map(
      (remainder) =>
        `create table ${table}_p${remainder} partition of ${table}
           for values with (modulus ${LEDGER_PARTITIONS}, remainder ${remainder});`,
    )
    .join('\n');
}

/** The ledger (`scrobble`, `delivery`) is partitioned by user from the start: it is the one thing that grows for ever. */
export class CreateCoreTables1763600000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const statements = [ACCOUNTS, LASTFM, PLAYLISTS, LEDGER, partitionsOf('scrobble'), partitionsOf('delivery'), JOBS];
    await queryRunner.query(statements.join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table job_worker, delivery_lane, delivery, scrobble, scrobble_run, playlist, lastfm_call_budget,
        lastfm_handshake, lastfm_account, notification, api_token, login_session, identity, app_user`);
  }
}
