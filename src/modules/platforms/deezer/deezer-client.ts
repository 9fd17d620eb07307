import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { Clock } from '../../../common/clock.js';
import { AppConfig } from '../../../config/app-config.js';
import { PlatformHttp } from '../http/platform-http.js';
import type { PlatformEntry, PlatformPage, PlatformPlaylist } from '../platform-playlist.js';
import { PlatformBusyError, PlatformPlaylistNotFoundError, PlatformUnavailableError } from '../platforms.errors.js';
import type { FoundSong, PlatformQuery } from '../found-song.js';
import { DeezerQuota } from './deezer-quota.js';
import { deezerFinds, deezerPlaylist, deezerRefusal, deezerTracks } from './deezer-replies.js';

const PAGE = 100;
const QUOTA = 4;
const SERVICE_BUSY = 700;
const SERVICE_BUSY_MS = 30_000;
/** Wrong or missing parameter, no permission, no data: there is no such playlist for us. */
const NOTHING_THERE = [200, 300, 500, 501, 800, 901];

/**
 * Deezer's public API: no key, and refusals that come with HTTP 200.
 * @see https://developers.deezer.com/api
 */
@Injectable()
export class DeezerClient {
  constructor(
    private readonly http: PlatformHttp,
    private readonly quota: DeezerQuota,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws PlatformPlaylistNotFoundError, PlatformBusyError, PlatformUnavailableError */
  async describe(playlistId: string): Promise<PlatformPlaylist> {
    const {
      title,
      description,
      public: isPublic,
      nb_tracks: total,
    } = await this.get(`/playlist/${playlistId}`, deezerPlaylist);
    if (!isPublic) {
      throw new PlatformPlaylistNotFoundError('deezer');
    }
    const url = `https://www.deezer.com/playlist/${playlistId}`;
    return { platform: 'deezer', playlistId, title, description: description ?? null, total, url };
  }

  /**
   * The tracks from a place on. The playlist's own answer holds too few of them, and `total` is not to be trusted: the
   * list ends where there is no `next`. @throws as `describe`
   */
  async read(playlistId: string, from: number): Promise<PlatformPage> {
    const address = `/playlist/${playlistId}/tracks?index=${from}&limit=${PAGE}`;
    const { data, next } = await this.get(address, deezerTracks);
    return { entries: data.map(entryOf), next: next ? placeIn(next, from) : null };
  }

  /** Tracks by words of their artists and titles, the best first. @throws PlatformBusyError, PlatformUnavailableError */
  async search({ text, limit }: PlatformQuery, signal: AbortSignal): Promise<FoundSong[]> {
    const { data } = await this.get(`/search?q=${encodeURIComponent(text)}&limit=${limit}`, deezerFinds, signal);
    return data.map(({ id, title, artist, album, duration }) => ({
      artist: artist?.['name'] ?? '',
      title: title ?? '',
      album: album?.['title'] ?? '',
      durationSeconds: duration,
      url: `https://www.deezer.com/track/${id}`,
    }));
  }

  private async get<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    signal?: AbortSignal,
  ): Promise<z.output<Schema>> {
    this.quota.take();
    const { status, body } = await this.http.get('deezer', `${this.config.deezer.apiUrl}${path}`, { signal });
    const refusal = deezerRefusal.safeParse(body);
    if (refusal.success) {
      throw this.refusalOf(refusal.data.error.code);
    }
    const reply = schema.safeParse(body);
    if (status !== 200 || !reply.success) {
      throw new PlatformUnavailableError('deezer');
    }
    return reply.data;
  }

  private refusalOf(code: number | undefined): Error {
    if (code === QUOTA) {
      return new PlatformBusyError('deezer', this.quota.pause());
    }
    if (code === SERVICE_BUSY) {
      return new PlatformBusyError('deezer', new Date(this.clock.now().getTime() + SERVICE_BUSY_MS));
    }
    return NOTHING_THERE.includes(code ?? NaN)
      ? new PlatformPlaylistNotFoundError('deezer')
      : new PlatformUnavailableError('deezer');
  }
}

/** Where the next page begins. An address that leads nowhere new would be read for ever. */
function placeIn(next: string, from: number): number {
  const index = URL.canParse(next) ? Number(new URL(next).searchParams.get('index')) : NaN;
  if (!(index > from)) {
    throw new PlatformUnavailableError('deezer');
  }
  return index;
}

function entryOf(track: z.output<typeof deezerTracks>['data'][number]): PlatformEntry {
  const [artist, title] = [track.artist?.['name'] ?? '', track.title ?? ''];
  if (!track.readable) {
    const text = `${artist || '?'} - ${title || '?'}`;
    return { kind: 'no-track', reason: 'Deezer cannot play this track any more, or not in our country.', text };
  }
  return { kind: 'track', artist, title, album: track.album?.['title'] ?? '', durationSeconds: track.duration };
}
