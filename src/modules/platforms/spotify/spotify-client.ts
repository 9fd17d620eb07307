import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { AppConfig } from '../../../config/app-config.js';
import { PlatformHttp, type PlatformReply } from '../http/platform-http.js';
import {
  PlatformBusyError,
  PlatformPlaylistNotFoundError,
  PlatformUnavailableError,
  SpotifyRefusedError,
} from '../platforms.errors.js';
import { SpotifyAccounts } from './spotify-accounts.service.js';

/** Where Spotify says "slow down" and not for how long. */
const ASSUMED_PAUSE_SECONDS = 30;
const LONGEST_PAUSE_SECONDS = 24 * 60 * 60;

/** One call to Spotify's Web API in a user's name, and what its refusals mean. Knows no routes. */
@Injectable()
export class SpotifyClient {
  /** No call before that: asking on would only prolong it. */
  private pausedUntil = new Date(0);

  constructor(
    private readonly http: PlatformHttp,
    private readonly accounts: SpotifyAccounts,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns null for 204: there is nothing
   * @throws PlatformPlaylistNotFoundError for 404, SpotifyRefusedError for 403, PlatformBusyError,
   * PlatformUnavailableError, and what `SpotifyAccounts.accessTokenOf` throws
   */
  async get<Schema extends z.ZodType>(
    userId: UserId,
    path: string,
    schema: Schema,
    signal?: AbortSignal,
  ): Promise<z.output<Schema> | null> {
    const accessToken = await this.accounts.accessTokenOf(userId);
    const reply = await this.call(path, accessToken, signal);
    return this.read(
      reply.status === 401 ? await this.call(path, await this.accounts.renew(userId, accessToken), signal) : reply,
      schema,
    );
  }

  /** The same where there is something in any case. */
  async require<Schema extends z.ZodType>(
    userId: UserId,
    path: string,
    schema: Schema,
    signal?: AbortSignal,
  ): Promise<z.output<Schema>> {
    const found = await this.get(userId, path, schema, signal);
    if (found === null) {
      throw new PlatformUnavailableError('spotify');
    }
    return found;
  }

  /** With a token that belongs to no account of ours yet. */
  async getWith<Schema extends z.ZodType>(
    accessToken: string,
    path: string,
    schema: Schema,
  ): Promise<z.output<Schema> | null> {
    return this.read(await this.call(path, accessToken), schema);
  }

  private async call(path: string, accessToken: string, signal?: AbortSignal): Promise<PlatformReply> {
    if (this.pausedUntil > this.clock.now()) {
      throw new PlatformBusyError('spotify', this.pausedUntil);
    }
    const reply = await this.http.get('spotify', `${this.config.spotify.apiUrl}${path}`, { accessToken, signal });
    if (reply.status === 429) {
      const said = Number(reply.headers.get('retry-after') ?? ASSUMED_PAUSE_SECONDS);
      const seconds = said > 0 ? Math.min(said, LONGEST_PAUSE_SECONDS) : ASSUMED_PAUSE_SECONDS;
      this.pausedUntil = new Date(this.clock.now().getTime() + seconds * 1000);
      throw new PlatformBusyError('spotify', this.pausedUntil);
    }
    return reply;
  }

  private read<Schema extends z.ZodType>({ status, body }: PlatformReply, schema: Schema): z.output<Schema> | null {
    switch (status) {
      case 204:
        return null;
      case 401:
      case 403:
        throw new SpotifyRefusedError();
      case 400:
      case 404:
        throw new PlatformPlaylistNotFoundError('spotify');
    }
    const reply = schema.safeParse(body);
    if (status !== 200 || !reply.success) {
      throw new PlatformUnavailableError('spotify');
    }
    return reply.data;
  }
}
