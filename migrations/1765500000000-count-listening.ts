import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
  create table listening_statistics (
    user_id uuid primary key references app_user on delete cascade,
    time_zone text,
    counted_at timestamptz);

  create table listening_count (
    user_id uuid not null,
    facet text collate "C" not null,
    period text collate "C" not null,
    key uuid not null,
    name text,
    artist text,
    plays integer not null,
    primary key (user_id, facet, period, key));

  create table listening_change (
    id bigint generated always as identity primary key,
    user_id uuid not null references app_user on delete cascade,
    change smallint not null,
    played_at timestamptz,
    artist text,
    title text,
    album text,
    album_artist text,
    source text,
    provenance text,
    delivery text);
  create index listening_change_of_user on listening_change (user_id);`;

/**
 * Written down is every change of what a scrobble counts as, whoever makes it: plus one, minus one, or, of rows that have
 * gone, 0: count everything of this user again. The planner knows nothing of the size of a statement's own rows, and a
 * plan is kept: without its choice it looks up row by row, which fits one as well as many.
 */
const CHANGES = `
  create function listening_outcome(state text) returns text language sql immutable as $$
    select case when state in ('queued', 'held', 'sending') then 'waiting' else state end $$;

  create function note_new_listening() returns trigger language plpgsql
    set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
  begin
    insert into listening_change (user_id, change, played_at, artist, title, album, album_artist, source, provenance, delivery)
    select s.user_id, 1, s.played_at, s.artist, s.title, s.album, s.album_artist, s.source, s.provenance,
           listening_outcome(n.state)
      from new_row n join scrobble s on s.user_id = n.user_id and s.id = n.scrobble_id
     where n.destination = 'lastfm';
    return null;
  end $$;

  create function note_changed_delivery() returns trigger language plpgsql
    set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
  begin
    insert into listening_change (user_id, change, played_at, artist, title, album, album_artist, source, provenance, delivery)
    select s.user_id, c.change, s.played_at, s.artist, s.title, s.album, s.album_artist, s.source, s.provenance, c.delivery
      from (select user_id, scrobble_id, delivery, sum(change) as change
              from (select user_id, scrobble_id, listening_outcome(state) as delivery, -1 as change
                      from old_row where destination = 'lastfm'
                    union all
                    select user_id, scrobble_id, listening_outcome(state), 1
                      from new_row where destination = 'lastfm') as each
             group by user_id, scrobble_id, delivery having sum(change) <> 0) c
      join scrobble s on s.user_id = c.user_id and s.id = c.scrobble_id;
    return null;
  end $$;

  create function note_corrected_scrobble() returns trigger language plpgsql
    set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
  begin
    insert into listening_change (user_id, change, played_at, artist, title, album, album_artist, source, provenance, delivery)
    select s.user_id, s.change, s.played_at, s.artist, s.title, s.album, s.album_artist, s.source, s.provenance,
           listening_outcome(d.state)
      from (select -1 as change, * from old_row union all select 1, * from new_row) s
      join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id and d.destination = 'lastfm';
    return null;
  end $$;

  create function note_gone_listening() returns trigger language plpgsql as $$
  begin
    insert into listening_change (user_id, change)
    select id, 0 from app_user where id in (select user_id from old_row);
    return null;
  end $$;

  create trigger note_new_listening after insert on delivery
    referencing new table as new_row for each statement execute function note_new_listening();
  create trigger note_changed_delivery after update on delivery
    referencing old table as old_row new table as new_row for each statement execute function note_changed_delivery();
  create trigger note_gone_listening after delete on delivery
    referencing old table as old_row for each statement execute function note_gone_listening();
  create trigger note_corrected_scrobble after update on scrobble
    referencing old table as old_row new table as new_row for each statement execute function note_corrected_scrobble();`;

/** Statistics: counts that follow every change of the ledger. What is there already is counted when it is first asked for. */
export class CountListening1765500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(TABLES);
    await queryRunner.query(CHANGES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop trigger note_corrected_scrobble on scrobble;
      drop trigger note_gone_listening on delivery;
      drop trigger note_changed_delivery on delivery;
      drop trigger note_new_listening on delivery;
      drop function note_corrected_scrobble, note_gone_listening, note_changed_delivery, note_new_listening,
                    listening_outcome;
      drop table listening_change, listening_count, listening_statistics;`);
  }
}
