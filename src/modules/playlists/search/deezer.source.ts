import { Injectable } from '@nestjs/common';

import { PlatformSearch } from '../../platforms/index.js';
import { foundTrack } from './found-track.js';
import type { FoundTrack, SearchQuery, SearchSource } from './search-source.js';

/** Deezer's catalogue, open to everybody. */
@Injectable()
export class DeezerSource implements SearchSource {
  readonly platform = 'deezer';

  constructor(private readonly platforms: PlatformSearch) {}

  isConnected(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async search(query: SearchQuery, signal: AbortSignal): Promise<FoundTrack[]> {
    return (await this.platforms.searchDeezer(query, signal)).flatMap((song) => foundTrack(song) ?? []);
  }
}
