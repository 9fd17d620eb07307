import { element, list, texts, type Child } from '../protocol/element.js';
import type { SandboxScrobble } from '../state/sandbox-scrobble.js';
import { read, type ApiMethod, type MethodCall } from './api-method.js';
import { albumUrl, artistUrl, images, trackUrl } from './music-links.js';
import { Paging } from './paging.js';
import { albumArtistOf, byAlbum, byArtist, byTrack, tally, type KeyOf, type Tally } from './tally.js';

const DEFAULT_LIMIT = 30;

interface Search {
  /** What is searched for: the name of the parameter, and of the elements found. */
  readonly what: 'artist' | 'album' | 'track';
  readonly keyOf: KeyOf;
  readonly textOf: (play: SandboxScrobble) => string;
  readonly describe: (found: Tally) => Child[];
}

/** Finds what has been scrobbled by anyone: names with every word of the search in them, the most played first. */
function search(call: MethodCall, { what, keyOf, textOf, describe }: Search, artist = ''): Child[] {
  const { params, state } = call;
  const terms = params.require(what);
  const paging = Paging.read(params, DEFAULT_LIMIT);
  const found = tally(state.users, keyOf).filter(
    ({ example }) => hasWords(textOf(example), terms) && hasWords(example.artist, artist),
  );
  const items = paging.sliceOf(found).map((match) => element(what, describe(match)));
  const query = { role: 'request', searchTerms: terms, startPage: String(paging.page) };
  return [
    element(
      'results',
      [
        element('opensearch:Query', '', query),
        element('opensearch:totalResults', String(found.length)),
        element('opensearch:startIndex', String(paging.offset)),
        element('opensearch:itemsPerPage', String(paging.limit)),
        element(`${what}matches`, [list(what, items)]),
      ],
      { for: terms },
    ),
  ];
}

/** `artist` is plain text here, and `streamable` the word that Last.fm left standing. */
function foundTrack({ example: { artist, track }, listeners }: Tally): Child[] {
  const members = { name: track, artist, url: trackUrl(artist, track), streamable: 'FIXME' };
  return [...texts({ ...members, listeners: String(listeners.size) }), images(4), element('mbid', '')];
}

function foundArtist({ example: { artist }, listeners }: Tally): Child[] {
  const members = {
    name: artist,
    listeners: String(listeners.size),
    mbid: '',
    url: artistUrl(artist),
    streamable: '0',
  };
  return [...texts(members), images(5)];
}

function foundAlbum({ example }: Tally): Child[] {
  const [artist, name] = [albumArtistOf(example), example.album ?? ''];
  return [...texts({ name, artist, url: albumUrl(artist, name) }), images(4), ...texts({ streamable: '0', mbid: '' })];
}

function hasWords(text: string, words: string): boolean {
  const lowerCase = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lowerCase.includes(word));
}

const ARTISTS: Search = { what: 'artist', keyOf: byArtist, textOf: ({ artist }) => artist, describe: foundArtist };
const ALBUMS: Search = { what: 'album', keyOf: byAlbum, textOf: ({ album }) => album ?? '', describe: foundAlbum };
const TRACKS: Search = {
  what: 'track',
  keyOf: byTrack,
  textOf: ({ artist, track }) => `${track} ${artist}`,
  describe: foundTrack,
};

export const searchMethods: Readonly<Record<string, ApiMethod>> = {
  'artist.search': read((call) => search(call, ARTISTS)),
  'album.search': read((call) => search(call, ALBUMS)),
  'track.search': read((call) => search(call, TRACKS, call.params.find('artist')?.trim() ?? '')),
};
