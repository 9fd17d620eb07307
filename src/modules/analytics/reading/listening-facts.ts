import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { keyOf } from '../counting/counting-statements.js';
import type { CountedPeriod } from './counted-period.js';
import type { FacetWords } from './outcome.js';
import { daysOf, type LocalDay } from './period.js';

/** What is counted by month, year and for ever; what lies in between is looked up in the ledger. */
export type NameFacet = 'artist' | 'track' | 'album';

export interface NamedCount {
  name: string;
  artist: string;
  plays: number;
}

/** What of a play makes the names; the same as where they are counted. */
const NAMES: Readonly<Record<NameFacet, string>> = {
  artist: keyOf('s.artist', `''`),
  track: keyOf('s.artist', 's.title'),
  album: keyOf('coalesce(s.album_artist, s.artist)', 's.album'),
};

/** A day is nowhere longer than 26 hours away from the same day in UTC. */
const inLedger = (facet: NameFacet): string => `
  select ${NAMES[facet]} as key, 1 as plays
    from unnest($3::date[], $4::date[]) as r (first, last)
    join scrobble s on s.user_id = $1 and s.played_at >= (r.first - 1)::timestamp at time zone 'UTC'
     and s.played_at < (r.last + 2)::timestamp at time zone 'UTC'
     and (s.played_at at time zone $5)::date between r.first and r.last
    join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id and d.destination = 'lastfm'
     and d.state <> 'duplicate'${facet === 'album' ? ' where s.album is not null' : ''}`;

const byKey = (facet: NameFacet, hasRest: boolean): string => `
  select key, sum(plays)::int as plays
    from (select key, plays from listening_count where user_id = $1 and facet = '${facet}' and period = any($2::text[])
          ${hasRest ? `union all ${inLedger(facet)}` : ''}) as part
   group by key having sum(plays) > 0`;

const parametersOf = ({ userId, cover, timeZone }: CountedPeriod): unknown[] => [
  userId,
  cover.whole,
  ...(cover.rest.length > 0 ? [cover.rest.map(({ from }) => from), cover.rest.map(({ to }) => to), timeZone] : []),
];

/** Reads what is counted. */
@Injectable()
export class ListeningFacts {
  constructor(private readonly dataSource: DataSource) {}

  /** The days with plays, the first one first. */
  async days({ userId, from, to }: CountedPeriod): Promise<Array<{ day: LocalDay; plays: number }>> {
    return this.dataSource.query(
      `select period as day, plays from listening_count
        where user_id = $1 and facet = 'plays' and period between $2 and $3 and plays > 0 order by period`,
      [userId, from ?? '', to],
    );
  }

  /** Whatever has been counted, the most frequent first. */
  async tally<Facet extends keyof FacetWords>(
    { userId, cover }: CountedPeriod,
    facet: Facet,
  ): Promise<Array<{ name: FacetWords[Facet]; plays: number }>> {
    return this.dataSource.query(
      `select max(always.name) as name, sum(c.plays)::int as plays from listening_count c
         join listening_count always on always.user_id = c.user_id and always.facet = c.facet and always.period = 'ever'
          and always.key = c.key
        where c.user_id = $1 and c.facet = $2 and c.period = any($3::text[])
        group by c.key having sum(c.plays) > 0 order by 2 desc, 1`,
      [userId, facet, [...cover.whole, ...cover.rest.flatMap(daysOf)]],
    );
  }

  /** How many different ones there are. */
  async countNames(period: CountedPeriod, facet: NameFacet): Promise<number> {
    const [row]: [{ total: number }] = await this.dataSource.query(
      `select count(*)::int as total from (${byKey(facet, period.cover.rest.length > 0)}) as each`,
      parametersOf(period),
    );
    return row.total;
  }

  /** The most played first. */
  async top(
    period: CountedPeriod,
    facet: NameFacet,
    { limit, offset }: { limit: number; offset: number },
  ): Promise<{ items: NamedCount[]; total: number }> {
    const rows: Array<NamedCount & { total: number }> = await this.dataSource.query(
      `with best as (select key, plays, count(*) over ()::int as total
                       from (${byKey(facet, period.cover.rest.length > 0)}) as each
                      order by plays desc, key limit ${limit} offset ${offset})
       select always.name, always.artist, best.plays, best.total from best
         join listening_count always on always.user_id = $1 and always.facet = '${facet}' and always.period = 'ever'
          and always.key = best.key
        order by best.plays desc, best.key`,
      parametersOf(period),
    );
    const total = rows[0]?.total ?? (offset === 0 ? 0 : await this.countNames(period, facet));
    return { items: rows.map(({ name, artist, plays }) => ({ name, artist, plays })), total };
  }
}
