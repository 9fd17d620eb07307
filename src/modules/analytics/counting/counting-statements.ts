/** What an artist, track or album is known by in `listening_count`: of 128 bits, so that no two share one. */
export const keyOf = (artist: string, name: string): string => `md5(${artist} || chr(31) || ${name})::uuid`;

/** What has changed since, each change taken once. A 0 is none of them: it waits for a count of everything. */
const CHANGES = `
  change as (
    delete from listening_change where user_id = $1 and change <> 0
    returning change, played_at, artist, title, album, album_artist, source, provenance, delivery)`;

/** Every play as the ledger has it at this moment; the changes that led there are thereby done with. */
const LEDGER = `
  done as (delete from listening_change where user_id = $1),
  change as (
    select 1 as change, s.played_at, s.artist, s.title, s.album, s.album_artist, s.source, s.provenance,
           listening_outcome(d.state) as delivery
      from scrobble s join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id and d.destination = 'lastfm'
     where s.user_id = $1)`;

/**
 * Adds changes to every count they are part of. A duplicate is not another play: only how deliveries ended counts it.
 * Plays are counted by day alone; names by month, by year and for ever; everything else in all four ways. Only the count
 * for ever carries the names.
 */
const count = (changes: string): string => `
  with ${changes},
  fact as (
    select facet, name, fact.artist, to_char(local, 'YYYY') as year, to_char(local, 'YYYY-MM') as month,
           case when facet in ('artist', 'track', 'album') then '' else to_char(local, 'YYYY-MM-DD') end as day,
           sum(change) as plays
      from (select *, played_at at time zone $2 as local from change) as play
     cross join lateral (values
       ('plays', '', ''), ('source', source, ''), ('provenance', provenance, ''), ('delivery', delivery, ''),
       ('hour', to_char(local, 'ID-HH24'), ''), ('artist', '', play.artist), ('track', title, play.artist),
       ('album', album, coalesce(album_artist, play.artist))) as fact (facet, name, artist)
     where name is not null and (facet = 'delivery' or delivery <> 'duplicate')
     group by 1, 2, 3, 4, 5, 6
    having sum(change) <> 0),
  counted as (
    select facet, name, artist, coalesce(day, month, year, 'ever') as period, sum(plays) as plays
      from fact group by facet, name, artist, rollup (year, month, day)
    having sum(plays) <> 0 and case when facet in ('artist', 'track', 'album') then grouping(day) = 1
                                    else facet <> 'plays' or grouping(day) = 0 end)
  insert into listening_count as c (user_id, facet, period, key, name, artist, plays)
  select $1, facet, period, ${keyOf('artist', 'name')}, case when period = 'ever' then name end,
         case when period = 'ever' then artist end, plays
    from counted order by 2, 3, 4`;

/** `$1` the user, `$2` the time zone. One statement, so that what it takes and what it adds up are of one moment. */
export const COUNT_CHANGES = `${count(CHANGES)}
  on conflict (user_id, facet, period, key) do update set plays = c.plays + excluded.plays`;
/** There must be no counts of the user. */
export const COUNT_LEDGER = count(LEDGER);
