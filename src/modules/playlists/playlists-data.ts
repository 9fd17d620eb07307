import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { UserId } from '../../common/ids.js';
import type { ExportedTable } from '../../common/user-data/exported-table.js';
import {
  type UserDataCount,
  type UserDataHolder,
  type UserMerge,
  UserDataRegistry,
} from '../../common/user-data/user-data-registry.js';

const EXPORTED: readonly ExportedTable[] = [
  {
    name: 'playlists',
    about: 'your playlists; their tracks are in playlist-tracks.',
    columns: {
      id: 'id',
      title: 'title',
      description: 'description',
      visibility: 'visibility',
      category: 'category',
      source: 'source',
      trackCount: 'track_count',
      durationSeconds: 'duration_seconds',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
    from: 'playlist where owner_id = $1',
    orderBy: 'created_at, id',
  },
  {
    name: 'playlist-tracks',
    about: 'the tracks of your playlists, in their order.',
    columns: {
      playlistId: 'playlist.id',
      playlistTitle: 'playlist.title',
      position: 'track.position::int',
      artist: `track.entry ->> 'artist'`,
      title: `track.entry ->> 'title'`,
      album: `track.entry ->> 'album'`,
      albumArtist: `track.entry ->> 'albumArtist'`,
      durationSeconds: `(track.entry ->> 'durationSeconds')::int`,
    },
    from: `playlist, jsonb_array_elements(playlist.tracks) with ordinality as track (entry, position)
            where playlist.owner_id = $1`,
    orderBy: 'playlist.created_at, playlist.id, track.position',
  },
  {
    name: 'playlist-imports',
    about: 'playlists you brought from Deezer or Spotify by link, and what became of it.',
    columns: {
      purpose: 'purpose',
      state: 'state',
      platform: 'platform',
      url: 'url',
      title: 'title',
      playlistId: 'playlist_id',
      tracksRead: 'tracks_read',
      report: 'report',
      changes: 'changes',
      failure: 'failure',
      createdAt: 'created_at',
      finishedAt: 'finished_at',
    },
    from: 'playlist_import where user_id = $1',
    orderBy: 'created_at, id',
  },
];

/** What playlists keeps about users. */
@Injectable()
export class PlaylistsData implements UserDataHolder, OnModuleInit {
  readonly exported = EXPORTED;

  constructor(private readonly registry: UserDataRegistry) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    await manager.query('delete from playlist_import where user_id = $1', [userId]);
    await manager.query('delete from playlist where owner_id = $1', [userId]);
  }

  /**
   * With their titles, also where both have one of that name: only their person knows which to keep. What is being read
   * at this moment is not: both may be at the same.
   */
  async mergeInto(manager: EntityManager, { fromUserId, intoUserId }: UserMerge): Promise<void> {
    await manager.query(`delete from playlist_import where user_id = $1 and state = 'reading'`, [fromUserId]);
    await manager.query('update playlist_import set user_id = $2 where user_id = $1', [fromUserId, intoUserId]);
    await manager.query('update playlist set owner_id = $2 where owner_id = $1', [fromUserId, intoUserId]);
  }

  async countFor(manager: EntityManager, userId: UserId): Promise<UserDataCount[]> {
    const rows: Array<{ count: number }> = await manager.query(
      'select count(*)::int as count from playlist where owner_id = $1',
      [userId],
    );
    return [{ what: 'playlists', count: rows[0]?.count ?? 0 }];
  }
}
