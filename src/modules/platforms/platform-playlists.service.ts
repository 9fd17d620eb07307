import { Injectable } from '@nestjs/common';

import type { UserId } from '../../common/ids.js';
import { DeezerClient } from './deezer/deezer-client.js';
import { ShortLinks } from './http/short-links.js';
import { type PlatformLink, readLink } from './platform-link.js';
import type { PlatformPage, PlatformPlaylist, PlaylistReference } from './platform-playlist.js';
import { LinkNotAPlaylistError, LinkNotUnderstoodError } from './platforms.errors.js';
import { SpotifyPlaylists } from './spotify/spotify-playlists.service.js';

/** Playlists of Deezer and Spotify, by link. */
@Injectable()
export class PlatformPlaylists {
  constructor(
    private readonly deezer: DeezerClient,
    private readonly spotify: SpotifyPlaylists,
    private readonly shortLinks: ShortLinks,
  ) {}

  /**
   * Which playlist a pasted link means.
   * @throws LinkNotUnderstoodError, LinkNotAPlaylistError; of a short link also PlatformUnavailableError
   */
  async resolve(text: string): Promise<PlaylistReference> {
    const link = readLink(text);
    const target: PlatformLink = link.kind === 'short' ? await this.shortLinks.resolve(link.address) : link;
    if (target.kind === 'playlist') {
      return target.reference;
    }
    throw target.kind === 'something-else' ? new LinkNotAPlaylistError(target.what) : new LinkNotUnderstoodError();
  }

  /** @throws whatever the platform refuses; PlatformPassingError where it may do it later */
  describe(userId: UserId, { platform, playlistId }: PlaylistReference): Promise<PlatformPlaylist> {
    return platform === 'deezer' ? this.deezer.describe(playlistId) : this.spotify.describe(userId, playlistId);
  }

  /** The entries from a place on: 0, or what the page before called `next`. @throws as `describe` */
  read(userId: UserId, { platform, playlistId }: PlaylistReference, from: number): Promise<PlatformPage> {
    return platform === 'deezer' ? this.deezer.read(playlistId, from) : this.spotify.read(userId, playlistId, from);
  }
}
