import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { literally } from '../../../common/database/like-pattern.js';
import { AppConfig } from '../../../config/app-config.js';
import type { FoundTrack, SearchQuery, SearchSource } from './search-source.js';

type Row = Omit<FoundTrack, 'url' | 'playlist'> & { playlistId: string; playlistTitle: string };

/** The shorter a name is, the more of it is what was asked for. The same track of several playlists comes once. */
const SEARCH = `
  select artist, title, min(album) as album, min("albumArtist") as "albumArtist",
         min("durationSeconds") as "durationSeconds",
         (array_agg("playlistId" order by "updatedAt" desc))[1] as "playlistId",
         (array_agg("playlistTitle" order by "updatedAt" desc))[1] as "playlistTitle"
    from (select entry ->> 'artist' as artist, entry ->> 'title' as title, entry ->> 'album' as album,
                 entry ->> 'albumArtist' as "albumArtist", (entry ->> 'durationSeconds')::int as "durationSeconds",
                 playlist.id as "playlistId", playlist.title as "playlistTitle", updated_at as "updatedAt"
            from playlist, jsonb_array_elements(tracks) as track (entry)
           where owner_id = $1 and (entry ->> 'artist') || ' ' || (entry ->> 'title') ilike all ($2::text[])) as found
   group by artist, title
   order by length(artist) + length(title), artist, title
   limit $3`;

/** What the user has in playlists already. */
@Injectable()
export class OwnPlaylistsSource implements SearchSource {
  readonly platform = 'playlists';

  constructor(
    private readonly dataSource: DataSource,
    private readonly config: AppConfig,
  ) {}

  isConnected(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async search({ userId, text, limit }: SearchQuery): Promise<FoundTrack[]> {
    const patterns = text.split(/\s+/).map((word) => `%${literally(word)}%`);
    const rows = await this.dataSource.transaction(async (manager) => {
      // The database would go on after the deadline, for nobody.
      await manager.query(`select set_config('statement_timeout', $1, true)`, [String(this.config.searchDeadlineMs)]);
      return manager.query<Row[]>(SEARCH, [userId, patterns, limit]);
    });
    return rows.map(({ playlistId, playlistTitle, ...track }) => ({
      ...track,
      url: null,
      playlist: { id: playlistId, title: playlistTitle },
    }));
  }
}
