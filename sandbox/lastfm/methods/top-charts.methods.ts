import { ApiError } from '../protocol/api-error.js';
import { element, list, texts, type Child } from '../protocol/element.js';
import { read, type ApiMethod, type MethodCall } from './api-method.js';
import { artistUrl, images, trackUrl } from './music-links.js';
import { Paging } from './paging.js';
import { byArtist, byTrack, tally, type KeyOf, type Tally } from './tally.js';
import { requireReadable } from './user-reads.js';

const DEFAULT_LIMIT = 50;
const PERIOD_DAYS: ReadonlyMap<string, number | null> = new Map([
  ['overall', null],
  ['7day', 7],
  ['1month', 30],
  ['3month', 90],
  ['6month', 180],
  ['12month', 365],
]);

function getTopArtists(call: MethodCall): Child[] {
  return chart(call, { name: 'topartists', item: 'artist', keyOf: byArtist, describe: topArtist });
}

function getTopTracks(call: MethodCall): Child[] {
  return chart(call, { name: 'toptracks', item: 'track', keyOf: byTrack, describe: topTrack });
}

interface Chart {
  readonly name: string;
  readonly item: string;
  readonly keyOf: KeyOf;
  readonly describe: (tally: Tally) => Child[];
}

function chart(call: MethodCall, { name, item, keyOf, describe }: Chart): Child[] {
  const user = requireReadable(call);
  const paging = Paging.read(call.params, DEFAULT_LIMIT);
  const ranking = tally([user], keyOf, startOfPeriod(call));
  const items = paging
    .sliceOf(ranking)
    .map((entry, index) => element(item, describe(entry), { rank: String(paging.offset + index + 1) }));
  return [element(name, [list(item, items)], paging.attributesOf(user.name, ranking.length))];
}

function topArtist({ example: { artist }, playcount }: Tally): Child[] {
  const members = { name: artist, mbid: '', playcount: String(playcount), url: artistUrl(artist), streamable: '0' };
  return [...texts(members), images(5)];
}

/** The duration is in seconds here. */
function topTrack({ example: { artist, track }, playcount, durationSeconds }: Tally): Child[] {
  return [
    ...texts({ name: track, duration: String(durationSeconds), playcount: String(playcount), mbid: '' }),
    element('url', trackUrl(artist, track)),
    element('streamable', '0', { fulltrack: '0' }),
    element('artist', texts({ name: artist, mbid: '', url: artistUrl(artist) })),
    images(4),
  ];
}

function startOfPeriod({ params, at }: MethodCall): number | null {
  const days = PERIOD_DAYS.get(params.find('period') ?? 'overall');
  if (days === undefined) {
    throw ApiError.invalidParameter('period');
  }
  return days === null ? null : Math.floor(at.getTime() / 1000) - days * 86_400;
}

export const topChartsMethods: Readonly<Record<string, ApiMethod>> = {
  'user.gettopartists': read(getTopArtists),
  'user.gettoptracks': read(getTopTracks),
};
