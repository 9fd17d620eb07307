import type { UserId } from '../../../common/ids.js';

/** Where tracks are searched for, in the order in which their spelling is preferred. */
export const SEARCH_PLATFORMS = ['playlists', 'spotify', 'deezer', 'lastfm'] as const;
export type SearchPlatform = (typeof SEARCH_PLATFORMS)[number];

export interface SearchQuery {
  userId: UserId;
  /** Words of an artist, a title or both. */
  text: string;
  /** Tracks that are wanted from each source, at most. */
  limit: number;
}

/** A track as one source knows it. */
export interface FoundTrack {
  artist: string;
  title: string;
  album: string | null;
  albumArtist: string | null;
  /** Whole seconds. */
  durationSeconds: number | null;
  /** A page about it, at the platform. */
  url: string | null;
  /** A playlist of the user's that it is in. */
  playlist: { id: string; title: string } | null;
}

/** One place to search. It knows nothing of the others, of deadlines, or of merging. */
export interface SearchSource {
  readonly platform: SearchPlatform;
  /** False where this user has to connect an account first. */
  isConnected(userId: UserId): Promise<boolean>;
  /**
   * The best first. Whatever it throws means that it found out nothing.
   *
   * @param signal aborted at the deadline, when nobody waits any more
   */
  search(query: SearchQuery, signal: AbortSignal): Promise<FoundTrack[]>;
}
