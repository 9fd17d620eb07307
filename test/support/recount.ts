import { DateTime } from 'luxon';

import type { TestApp } from './test-app.js';
import type { TestClient } from './test-client.js';

/** A row of the ledger, as a recount reads it. */
interface Listening {
  artist: string;
  title: string;
  album: string | null;
  albumArtist: string | null;
  playedAt: Date;
  source: string;
  provenance: string;
  state: string;
}

type Counted = Array<[string, number]>;

export interface Recount {
  plays: number;
  days: Counted;
  hours: Counted;
  artists: Counted;
  tracks: Counted;
  albums: Counted;
  sources: Counted;
  provenances: Counted;
  deliveries: Counted;
}

export interface AskedDays {
  from: string;
  to: string;
}

const WAITING = ['queued', 'held', 'sending'];
const by = (rows: readonly Listening[], name: (row: Listening) => string | null): Counted => {
  const counts = new Map<string, number>();
  for (const key of rows.map(name).filter((each) => each !== null)) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return sorted([...counts]);
};
const sorted = (counts: Counted): Counted => counts.sort(([one], [other]) => (one < other ? -1 : 1));

/** What the statistics have to say, worked out from every row of the ledger, in another language. */
export async function recount(app: TestApp, userId: string, timeZone: string, asked: AskedDays): Promise<Recount> {
  const rows = await app.sql<Listening>(
    `select s.artist, s.title, s.album, s.album_artist as "albumArtist", s.played_at as "playedAt", s.source, s.provenance,
            d.state from scrobble s join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id where s.user_id = $1`,
    [userId],
  );
  const local = ({ playedAt }: Listening) => DateTime.fromJSDate(playedAt, { zone: timeZone });
  const day = (row: Listening) => local(row).toFormat('yyyy-MM-dd');
  const within = rows.filter((row) => asked.from <= day(row) && day(row) <= asked.to);
  const plays = within.filter(({ state }) => state !== 'duplicate');
  return {
    plays: plays.length,
    days: by(plays, day),
    hours: by(plays, (row) => local(row).toFormat('c-H')),
    artists: by(plays, ({ artist }) => artist),
    tracks: by(plays, ({ artist, title }) => `${artist} / ${title}`),
    albums: by(plays, ({ artist, album, albumArtist }) => album && `${albumArtist ?? artist} / ${album}`),
    sources: by(plays, ({ source }) => source),
    provenances: by(plays, ({ provenance }) => provenance),
    deliveries: by(within, ({ state }) => (WAITING.includes(state) ? 'waiting' : state)),
  };
}

/** The same, as the API tells it. */
export async function told(client: TestClient, { from, to }: AskedDays): Promise<Recount> {
  const ask = async (what: string, more = '') =>
    (await client.get(`/analytics/${what}?from=${from}&to=${to}${more}`)).body as {
      plays: number;
      items: Array<Record<string, string | number>>;
      sources: Array<{ source: string; plays: number }>;
      provenances: Array<{ provenance: string; plays: number }>;
      deliveries: Array<{ outcome: string; count: number }>;
    };
  const counted = async (what: string, name: (item: Record<string, string | number>) => string): Promise<Counted> => {
    const more = what.startsWith('top') ? '&limit=1000' : '';
    const items = (await ask(what, more)).items.filter(({ plays }) => Number(plays) > 0);
    return sorted(items.map((item) => [name(item), Number(item['plays'])]));
  };
  const summary = await ask('summary');
  return {
    plays: summary.plays,
    days: await counted('per-day', ({ day }) => String(day)),
    hours: await counted('clock', ({ weekday, hour }) => `${weekday}-${hour}`),
    artists: await counted('top-artists', ({ artist }) => String(artist)),
    tracks: await counted('top-tracks', ({ artist, title }) => `${artist} / ${title}`),
    albums: await counted('top-albums', ({ artist, album }) => `${artist} / ${album}`),
    sources: sorted(summary.sources.map(({ source, plays }) => [source, plays])),
    provenances: sorted(summary.provenances.map(({ provenance, plays }) => [provenance, plays])),
    deliveries: sorted(summary.deliveries.map(({ outcome, count }) => [outcome, count])),
  };
}
