import { Injectable } from '@nestjs/common';

import type { UserId } from '../../common/ids.js';
import { DeezerClient } from './deezer/deezer-client.js';
import type { FoundSong, PlatformQuery } from './found-song.js';
import { SpotifyAccounts } from './spotify/spotify-accounts.service.js';
import { SpotifyClient } from './spotify/spotify-client.js';
import { spotifyFinds } from './spotify/spotify-replies.js';

/** Spotify hands out no more at once. */
const MOST_OF_SPOTIFY = 10;

/** Songs of the platforms, by words. */
@Injectable()
export class PlatformSearch {
  constructor(
    private readonly deezer: DeezerClient,
    private readonly spotify: SpotifyClient,
    private readonly accounts: SpotifyAccounts,
  ) {}

  /** @throws PlatformBusyError, PlatformUnavailableError */
  searchDeezer(query: PlatformQuery, signal: AbortSignal): Promise<FoundSong[]> {
    return this.deezer.search(query, signal);
  }

  async isSpotifyConnected(userId: UserId): Promise<boolean> {
    return (await this.accounts.find(userId))?.state === 'connected';
  }

  /** In the name of a user who has connected an account. @throws what `SpotifyClient.get` throws */
  async searchSpotify(userId: UserId, { text, limit }: PlatformQuery, signal: AbortSignal): Promise<FoundSong[]> {
    const path = `/search?type=track&q=${encodeURIComponent(text)}&limit=${Math.min(limit, MOST_OF_SPOTIFY)}`;
    const { tracks } = await this.spotify.require(userId, path, spotifyFinds, signal);
    return tracks.items.map(({ id, artist, title, album, durationSeconds }) => ({
      artist,
      title,
      album,
      durationSeconds,
      url: `https://open.spotify.com/track/${id}`,
    }));
  }
}
