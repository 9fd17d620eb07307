import { deezerId, type DeezerEntry, type DeezerPlaylist } from './deezer-catalogue.js';

/** Deezer's refusals come with HTTP 200. */
export const REFUSALS = {
  quota: { error: { type: 'Exception', message: 'Quota limit exceeded', code: 4 } },
  noData: { error: { type: 'DataException', message: 'no data', code: 800 } },
  wrongParameter: { error: { type: 'ParameterException', message: 'Wrong parameter', code: 500 } },
} as const;

/** The tracks inside a playlist's own answer are few, and leave out what cannot be played. */
const EMBEDDED = 25;

interface Paged {
  readonly index: number;
  readonly limit: number;
  /** Of the list, without a query. */
  readonly address: string;
  readonly query?: string | undefined;
}

export function playlistAnswer(playlist: DeezerPlaylist): object {
  const { id, title, description, isPublic, entries } = playlist;
  const readable = entries.filter(({ isReadable }) => isReadable);
  return {
    id,
    title,
    description,
    duration: entries.reduce((sum, { track }) => sum + track.durationSeconds, 0),
    public: isPublic,
    is_loved_track: false,
    collaborative: false,
    nb_tracks: entries.length,
    fans: 12,
    link: `https://www.deezer.com/playlist/${id}`,
    creation_date: '2021-05-09 00:00:00',
    creator: { id: 1, name: 'Sandbox', type: 'user' },
    type: 'playlist',
    tracks: { data: readable.slice(0, EMBEDDED).map(trackAnswer) },
  };
}

/** `next` is a whole address, and missing on the last page. */
export function listAnswer(entries: readonly DeezerEntry[], { index, limit, address, query }: Paged): object {
  const addressFrom = (from: number): string => {
    const page = new URLSearchParams({ ...(query !== undefined && { q: query }), limit: `${limit}`, index: `${from}` });
    return `${address}?${page.toString()}`;
  };
  return {
    data: entries.slice(index, index + limit).map(trackAnswer),
    total: entries.length,
    ...(index > 0 && { prev: addressFrom(Math.max(0, index - limit)) }),
    ...(index + limit < entries.length && { next: addressFrom(index + limit) }),
  };
}

function trackAnswer({ track, isReadable }: DeezerEntry): object {
  const { title, artists, album, durationSeconds, spotifyTrackId, spotifyAlbumId, spotifyArtistIds } = track;
  const id = deezerId(spotifyTrackId);
  return {
    id,
    readable: isReadable,
    title,
    title_short: title,
    title_version: '',
    link: `https://www.deezer.com/track/${id}`,
    duration: durationSeconds,
    rank: 500_000,
    explicit_lyrics: false,
    artist: { id: deezerId(spotifyArtistIds[0] ?? ''), name: artists[0] ?? '', type: 'artist' },
    album: { id: deezerId(spotifyAlbumId), title: album, type: 'album' },
    type: 'track',
  };
}
