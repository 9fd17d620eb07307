import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { UserId } from '../../../common/ids.js';
import type { PlatformPage, PlatformPlaylist } from '../platform-playlist.js';
import {
  PlatformPlaylistNotFoundError,
  PlatformUnavailableError,
  SpotifyForeignPlaylistError,
  SpotifyRefusedError,
} from '../platforms.errors.js';
import { entryOf, plainDescription } from './entry-of.js';
import { SpotifyAccounts } from './spotify-accounts.service.js';
import { SpotifyClient } from './spotify-client.js';
import { spotifyEntries, spotifyPlaylist, spotifyPlaylists } from './spotify-replies.js';

const PAGE = 50;
/** Nobody looks through more. */
const MOST_PLAYLISTS = 1_000;

export interface OwnPlaylist extends PlatformPlaylist {
  /** Several people may change it. */
  isCollaborative: boolean;
}

/** What Spotify hands out of playlists since 2026: one's own, and those that one may change. */
@Injectable()
export class SpotifyPlaylists {
  constructor(
    private readonly client: SpotifyClient,
    private readonly accounts: SpotifyAccounts,
  ) {}

  /**
   * @returns the playlists that can be read, and how many more the user only follows
   * @throws what `SpotifyClient.get` throws
   */
  async list(userId: UserId): Promise<{ items: OwnPlaylist[]; onlyFollowed: number }> {
    const { externalId } = await this.accounts.require(userId);
    const items: OwnPlaylist[] = [];
    let onlyFollowed = 0;
    let from: number | null = 0;
    while (from !== null && from < MOST_PLAYLISTS) {
      const path: string = `/me/playlists?limit=${PAGE}&offset=${from}`;
      const page: z.output<typeof spotifyPlaylists> = await this.client.require(userId, path, spotifyPlaylists);
      for (const playlist of page.items) {
        if (playlist && mayRead(playlist, externalId)) {
          items.push(ownPlaylist(playlist));
        } else {
          onlyFollowed += playlist ? 1 : 0;
        }
      }
      from = placeIn(page.next, from);
    }
    return { items, onlyFollowed };
  }

  /** @throws SpotifyForeignPlaylistError, and what `SpotifyClient.get` throws */
  async describe(userId: UserId, playlistId: string): Promise<PlatformPlaylist> {
    const { externalId } = await this.accounts.require(userId);
    const playlist = await this.client.require(userId, `/playlists/${playlistId}`, spotifyPlaylist);
    if (!mayRead(playlist, externalId) && contentsOf(playlist) === undefined) {
      throw new SpotifyForeignPlaylistError();
    }
    return ownPlaylist(playlist);
  }

  /** The entries from a place on. @throws as `describe` */
  async read(userId: UserId, playlistId: string, from: number): Promise<PlatformPage> {
    const page = await this.entries(userId, playlistId, from);
    return { entries: page.items.map(entryOf), next: placeIn(page.next, from) };
  }

  /** `/items` since February 2026; an app made before may still find `/tracks`. */
  private async entries(userId: UserId, playlistId: string, from: number): Promise<z.output<typeof spotifyEntries>> {
    const address = (kind: 'items' | 'tracks') =>
      `/playlists/${playlistId}/${kind}?limit=${PAGE}&offset=${from}&additional_types=track,episode`;
    try {
      return await this.client.require(userId, address('items'), spotifyEntries);
    } catch (error) {
      if (error instanceof SpotifyRefusedError) {
        throw new SpotifyForeignPlaylistError();
      }
      if (!(error instanceof PlatformPlaylistNotFoundError)) {
        throw error;
      }
      return this.client.require(userId, address('tracks'), spotifyEntries);
    }
  }
}

type Described = z.output<typeof spotifyPlaylist>;

function mayRead({ owner, collaborative }: Described, externalId: string): boolean {
  return owner.id === externalId || collaborative;
}

function contentsOf({ items, tracks }: Described): number | undefined {
  return (items ?? tracks)?.total;
}

function ownPlaylist(playlist: Described): OwnPlaylist {
  const { id, name, description, collaborative } = playlist;
  return {
    platform: 'spotify',
    playlistId: id,
    title: name,
    description: plainDescription(description ?? '') || null,
    total: contentsOf(playlist) ?? 0,
    url: `https://open.spotify.com/playlist/${id}`,
    isCollaborative: collaborative,
  };
}

/** Where the next page begins; null after the last. One that leads nowhere new would be read for ever. */
function placeIn(next: string | null | undefined, from: number): number | null {
  if (!next) {
    return null;
  }
  const offset = URL.canParse(next) ? Number(new URL(next).searchParams.get('offset')) : NaN;
  if (!(offset > from)) {
    throw new PlatformUnavailableError('spotify');
  }
  return offset;
}
