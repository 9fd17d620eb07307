import { z } from 'zod';

import { LavalinkRefusal } from './lavalink-refusal.js';
import type { LavalinkTrack, MusicLibrary } from './music-library.js';

const HIGHEST_VOLUME = 1000;

const voice = z.object({
  token: z.string().min(1),
  endpoint: z.string().min(1),
  sessionId: z.string().min(1),
  // Since 4.2.0: calls are encrypted from end to end, and the key belongs to the channel.
  channelId: z.string().min(1),
});

const update = z.object({
  track: z
    .object({ encoded: z.string().nullish(), identifier: z.string().nullish(), userData: z.looseObject({}).optional() })
    .nullish(),
  position: z.number().min(0).nullish(),
  endTime: z.number().nullish(),
  volume: z.int().min(0).max(HIGHEST_VOLUME).nullish(),
  paused: z.boolean().nullish(),
  filters: z.looseObject({}).nullish(),
  voice: voice.nullish(),
});

type Tell = (event: { type: string } & Record<string, unknown>) => void;

/** What plays in one server. Time passes by the node's clock. */
export class NodePlayer {
  private track: LavalinkTrack | null = null;
  private volume = 100;
  private isPaused = false;
  private position = 0;
  private since: number;
  private connection: z.output<typeof voice> | null = null;

  constructor(
    readonly guildId: string,
    private readonly library: MusicLibrary,
    private readonly now: () => Date,
    private readonly tell: Tell,
  ) {
    this.since = now().getTime();
  }

  /** What `PATCH …/players/{guild}` does. @throws LavalinkRefusal */
  change(body: unknown, isKept: boolean): void {
    const parsed = update.safeParse(body);
    if (!parsed.success) {
      throw new LavalinkRefusal(
        400,
        parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
      );
    }
    this.settle();
    this.adopt(parsed.data, isKept);
  }

  /** Ends a track whose time has come. */
  tick(): void {
    this.settle();
    if (this.track && this.position >= this.track.info.length) {
      this.end('finished');
    }
  }

  end(reason: string): void {
    const { track } = this;
    this.track = null;
    if (track) {
      this.tell({ type: 'TrackEndEvent', track, reason });
    }
  }

  fail(): void {
    const exception = {
      message: 'This video is not available',
      severity: 'common',
      cause: 'test',
      causeStackTrace: '',
    };
    this.tell({ type: 'TrackExceptionEvent', track: this.track, exception });
    this.end('loadFailed');
  }

  stick(): void {
    this.tell({ type: 'TrackStuckEvent', track: this.track, thresholdMs: 10_000 });
  }

  get state(): object {
    this.settle();
    return { time: this.now().getTime(), position: this.position, connected: this.connection !== null, ping: 5 };
  }

  /** What people in the channel hear; null: silence. */
  get heard(): { title: string; positionSeconds: number; isPaused: boolean; volume: number } | null {
    this.settle();
    return (
      this.track && {
        title: this.track.info.title,
        positionSeconds: Math.floor(this.position / 1000),
        isPaused: this.isPaused,
        volume: this.volume,
      }
    );
  }

  toJson(): object {
    const none = { token: '', endpoint: '', sessionId: '', channelId: '' };
    return {
      guildId: this.guildId,
      track: this.track && { ...this.track, info: { ...this.track.info, position: this.position } },
      volume: this.volume,
      paused: this.isPaused,
      state: this.state,
      voice: this.connection ?? none,
      filters: {},
    };
  }

  private adopt(data: z.output<typeof update>, isKept: boolean): void {
    this.connection = data.voice ?? this.connection;
    this.volume = data.volume ?? this.volume;
    if (data.track && !(isKept && this.track)) {
      this.replace(data.track.encoded ?? null, data.track.userData ?? {});
    }
    this.isPaused = data.paused ?? this.isPaused;
    this.position = data.position ?? this.position;
  }

  private replace(encoded: string | null, userData: object): void {
    const next = encoded === null ? null : this.library.decode(encoded);
    if (encoded !== null && !next) {
      throw new LavalinkRefusal(400, 'Could not decode the track.');
    }
    this.end(next ? 'replaced' : 'stopped');
    this.position = 0;
    this.track = next && { ...next, userData };
    if (this.track) {
      this.tell({ type: 'TrackStartEvent', track: this.track });
    }
  }

  /** Lets the time that has passed since the last look count. */
  private settle(): void {
    const now = this.now().getTime();
    if (this.track && !this.isPaused) {
      this.position = Math.min(this.track.info.length, this.position + now - this.since);
    }
    this.since = now;
  }
}
