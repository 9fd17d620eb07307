import { Injectable } from '@nestjs/common';

import type { UserId } from '../../../common/ids.js';
import { PlatformSearch } from '../../platforms/index.js';
import { foundTrack } from './found-track.js';
import type { FoundTrack, SearchQuery, SearchSource } from './search-source.js';

/** Spotify's catalogue, for those who have connected an account. */
@Injectable()
export class SpotifySource implements SearchSource {
  readonly platform = 'spotify';

  constructor(private readonly platforms: PlatformSearch) {}

  isConnected(userId: UserId): Promise<boolean> {
    return this.platforms.isSpotifyConnected(userId);
  }

  async search(query: SearchQuery, signal: AbortSignal): Promise<FoundTrack[]> {
    return (await this.platforms.searchSpotify(query.userId, query, signal)).flatMap((song) => foundTrack(song) ?? []);
  }
}
