import { Injectable } from '@nestjs/common';

import type { UserId } from '../../../common/ids.js';
import { SpotifyClient } from './spotify-client.js';
import { spotifyCurrent, spotifyRecent } from './spotify-replies.js';

/** Spotify tells no more. */
const MOST = 50;

/** A song with the names that Spotify has. */
export interface SpotifySong {
  artist: string;
  title: string;
  album: string;
  durationSeconds: number;
}

export interface PlayedSong extends SpotifySong {
  /** When it ended, as Spotify says; no two plays of one person have the same. */
  playedAt: Date;
}

/** What a user listens to at Spotify, and what they have listened to. */
@Injectable()
export class SpotifyPlayer {
  constructor(private readonly client: SpotifyClient) {}

  /** The last 50 songs at most, the oldest first; no podcasts. @throws what `SpotifyClient.get` throws */
  async recentlyPlayed(userId: UserId): Promise<PlayedSong[]> {
    const { items } = await this.client.require(userId, `/me/player/recently-played?limit=${MOST}`, spotifyRecent);
    return items
      .flatMap(({ track, played_at: playedAt }) => {
        const song = songOf(track);
        return song ? [{ ...song, playedAt: new Date(playedAt) }] : [];
      })
      .sort((one, other) => one.playedAt.getTime() - other.playedAt.getTime());
  }

  /** Null: nothing, or no song. @throws what `SpotifyClient.get` throws */
  async currentlyPlaying(userId: UserId): Promise<SpotifySong | null> {
    const current = await this.client.get(userId, '/me/player/currently-playing', spotifyCurrent);
    return current?.is_playing === true && current.item ? songOf(current.item) : null;
  }
}

function songOf({ isEpisode, ...song }: SpotifySong & { isEpisode: boolean }): SpotifySong | null {
  return isEpisode || song.artist === '' || song.title === '' ? null : song;
}
