import { Injectable } from '@nestjs/common';

import { CallBudget, LastfmClient } from '../../lastfm/index.js';
import type { FoundTrack, SearchQuery, SearchSource } from './search-source.js';

/** Last.fm knows names and pages only; nobody has to link an account to search it. */
@Injectable()
export class LastfmSource implements SearchSource {
  readonly platform = 'lastfm';

  constructor(
    private readonly client: LastfmClient,
    private readonly callBudget: CallBudget,
  ) {}

  isConnected(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async search({ text, limit }: SearchQuery, signal: AbortSignal): Promise<FoundTrack[]> {
    const permit = await this.callBudget.acquire();
    const found = await this.client.searchTracks(permit, { text, limit }, signal);
    return found.map(({ artist, title, url }) => ({
      artist,
      title,
      album: null,
      albumArtist: null,
      durationSeconds: null,
      url,
      playlist: null,
    }));
  }
}
