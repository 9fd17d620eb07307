import { Injectable } from '@nestjs/common';
import { z } from 'zod';

import { AppConfig } from '../../../config/app-config.js';
import { newId } from '../../../common/ids.js';
import type { QueueEntry } from '../../voice/index.js';
import { Lavalink } from './lavalink.service.js';
import { NothingFoundError } from './music.errors.js';
import { trackNames } from './track-names.js';

const LINK = /^https?:\/\//;
const LONGEST_NAME = 1_000;

const track = z.object({
  encoded: z.string(),
  info: z.object({
    author: z.string(),
    title: z.string(),
    length: z.number(),
    isStream: z.boolean(),
    uri: z.string().nullish(),
  }),
});
type Track = z.output<typeof track>;

const answer = z.union([
  z.object({ loadType: z.literal('track'), data: track }),
  z.object({ loadType: z.literal('search'), data: z.array(track) }),
  z.object({ loadType: z.literal('playlist'), data: z.object({ tracks: z.array(track) }) }),
]);

/** Finds music: by words, or what stands at an address. */
@Injectable()
export class TrackSearch {
  constructor(
    private readonly lavalink: Lavalink,
    private readonly config: AppConfig,
  ) {}

  /** The best match of a search, or everything at an address. @throws NothingFoundError, MusicUnavailableError */
  async find(query: string, requestedBy: string): Promise<QueueEntry[]> {
    const isLink = LINK.test(query);
    const tracks = await this.load(isLink ? query : `${this.config.lavalinkSearch}:${query}`);
    const wanted = isLink ? tracks : tracks.slice(0, 1);
    if (wanted.length === 0) {
      throw new NothingFoundError();
    }
    return wanted.map((found) => toEntry(found, requestedBy));
  }

  /** How the player finds a track of which we know the names alone; null: it does not. */
  async resolve({ artist, title }: QueueEntry): Promise<string | null> {
    const [found] = await this.load(`${this.config.lavalinkSearch}:${artist} ${title}`);
    return found?.encoded ?? null;
  }

  private async load(identifier: string): Promise<Track[]> {
    const parsed = answer.safeParse(await this.lavalink.load(identifier));
    if (!parsed.success) {
      return [];
    }
    const { loadType, data } = parsed.data;
    if (loadType === 'playlist') {
      return data.tracks;
    }
    return loadType === 'track' ? [data] : data;
  }
}

function toEntry({ encoded, info }: Track, requestedBy: string): QueueEntry {
  const { artist, title } = trackNames(info);
  return {
    id: newId(),
    encoded,
    artist: artist.slice(0, LONGEST_NAME),
    title: title.slice(0, LONGEST_NAME),
    album: null,
    durationSeconds: info.isStream ? null : Math.max(1, Math.round(info.length / 1000)),
    uri: info.uri ?? null,
    requestedBy,
  };
}
