import type { ArchivedTrack } from '../music/archived-playlists.js';
import type { SpotifyEntry, SpotifyPlaylist } from './spotify-catalogue.js';

export interface PageOf {
  readonly limit: number;
  readonly offset: number;
  /** Of the list, without a query. */
  readonly address: string;
}

/** Entries of a playlist were called `track`; since February 2026 they are called `item`. */
export type EntryName = 'item' | 'track';

export const refusal = (status: number, message: string) => ({ error: { status, message } });

export function page<Item>(items: readonly Item[], { limit, offset, address }: PageOf) {
  const addressOf = (from: number): string => `${address}?offset=${from}&limit=${limit}`;
  return {
    href: addressOf(offset),
    items: items.slice(offset, offset + limit),
    limit,
    next: offset + limit < items.length ? addressOf(offset + limit) : null,
    offset,
    previous: offset > 0 ? addressOf(Math.max(0, offset - limit)) : null,
    total: items.length,
  };
}

/** Without the contents, which only its owner and those who may change it get. */
export function playlistAnswer(playlist: SpotifyPlaylist, userId: string): object {
  const { id, name, description, ownerId, isCollaborative, entries } = playlist;
  return {
    id,
    name,
    description,
    collaborative: isCollaborative,
    public: false,
    owner: { id: ownerId ?? userId, display_name: ownerId ?? userId, type: 'user' },
    snapshot_id: Buffer.from(`${id}:${entries.length}`).toString('base64'),
    external_urls: { spotify: `https://open.spotify.com/playlist/${id}` },
    images: [],
    uri: `spotify:playlist:${id}`,
    type: 'playlist',
  };
}

export function entryAnswer(entry: SpotifyEntry, name: EntryName): object {
  return { added_at: '2021-05-09T00:00:00Z', added_by: null, is_local: entry.kind === 'local', [name]: itemOf(entry) };
}

export function trackAnswer(track: ArchivedTrack): object {
  const { title, artists, album, durationSeconds, spotifyTrackId, spotifyAlbumId, spotifyArtistIds } = track;
  return {
    id: spotifyTrackId,
    name: title,
    artists: artists.map((name, index) => ({ id: spotifyArtistIds[index] ?? null, name, type: 'artist' })),
    album: { id: spotifyAlbumId, name: album, images: [], type: 'album' },
    duration_ms: durationSeconds * 1000,
    explicit: false,
    is_local: false,
    uri: `spotify:track:${spotifyTrackId}`,
    type: 'track',
  };
}

function itemOf(entry: SpotifyEntry): object | null {
  switch (entry.kind) {
    case 'track':
      return trackAnswer(entry.track);
    case 'gone':
      return null;
    case 'episode':
      return { id: '5Xt5DXGzch68nYYamXrNxZ', name: entry.name, duration_ms: 1_800_000, type: 'episode' };
    case 'local':
      return localAnswer(entry);
  }
}

/** A file on its owner's disk, of which Spotify knows what the file said. */
function localAnswer({ artist, title, seconds }: Extract<SpotifyEntry, { kind: 'local' }>): object {
  const uri = ['spotify', 'local', artist, '', title, `${seconds}`].map((part) =>
    encodeURIComponent(part).replaceAll('%20', '+'),
  );
  return {
    id: null,
    name: title,
    artists: [{ id: null, name: artist, type: 'artist' }],
    album: { id: null, name: '', images: [], type: null },
    duration_ms: seconds * 1000,
    is_local: true,
    uri: uri.join(':'),
    type: 'track',
  };
}
