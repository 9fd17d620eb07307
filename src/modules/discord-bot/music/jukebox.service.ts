import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Client } from 'discord.js';
import { Subject } from 'rxjs';

import { DomainError } from '../../../common/errors/domain-error.js';
import { type Advance, type MusicQueue, MusicQueues, type QueueEntry } from '../../voice/index.js';
import { Lavalink } from './lavalink.service.js';
import type { MusicNews } from './music-news.js';
import type { PlayerFact } from './player-fact.js';
import type { Room } from './room.js';
import { TrackSearch } from './track-search.service.js';
import { Turns } from './turns.js';

/**
 * Plays the queues of all servers. What is to be played stands in the database; nodes are told of it, and tell when a track
 * is over. A node that was away, or we ourselves, go on where the music was.
 */
@Injectable()
export class Jukebox implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Jukebox.name);
  private readonly told = new Subject<MusicNews>();
  /** What happens to the music, in the order in which it happens in each server. */
  readonly news = this.told.asObservable();
  private readonly turns = new Turns();
  /** Servers whose node knows what we want played. */
  private readonly alive = new Set<string>();
  private isStopping = false;

  constructor(
    private readonly client: Client,
    private readonly lavalink: Lavalink,
    private readonly queues: MusicQueues,
    private readonly search: TrackSearch,
  ) {}

  onModuleInit(): void {
    this.client.once('clientReady', (client) => {
      void this.begin(client.user.id).catch((error: unknown) => {
        this.logger.error(error);
      });
    });
    this.client.on('voiceStateUpdate', (before, { id, guild, channelId }) => {
      if (id === this.client.user?.id && before.channelId !== null) {
        this.follow(guild.id, channelId);
      }
    });
    this.lavalink.facts.subscribe((fact) => {
      this.hear(fact);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.turns.settle();
    this.told.complete();
  }

  /**
   * Adds to the queue, and begins to play where there was silence.
   * @returns the place of the first one in the queue; 0: it plays now
   * @throws MusicUnavailableError, QueueFullError
   */
  play(room: Room, entries: readonly QueueEntry[]): Promise<number> {
    const { guildId, voiceChannelId, textChannelId } = room;
    return this.turns.run(guildId, async () => {
      await this.lavalink.join(guildId, voiceChannelId);
      const place = await this.queues.add(guildId, { voiceChannelId, textChannelId }, entries);
      const { current } = await this.queues.require(guildId);
      if (current) {
        return place;
      }
      await this.next(guildId, 'ended');
      return 0;
    });
  }

  /** Skips the current track, if it still is this one. @returns what plays now */
  skip(guildId: string, entryId: string): Promise<QueueEntry | null> {
    return this.turns.run(guildId, async () => {
      const { current } = await this.queues.require(guildId);
      if (current?.id !== entryId) {
        return current;
      }
      this.told.next({ kind: 'ended', guildId, because: 'skipped' });
      return this.next(guildId, 'skipped');
    });
  }

  /** @throws NothingPlaysError, MusicUnavailableError */
  pause(guildId: string, isPaused: boolean): Promise<void> {
    return this.turns.run(guildId, async () => {
      await this.lavalink.change(guildId, { paused: isPaused });
      await this.queues.change(guildId, (queue) => {
        queue.isPaused = isPaused;
      });
      this.told.next({ kind: isPaused ? 'paused' : 'resumed', guildId });
    });
  }

  /** @throws NothingPlaysError, MusicUnavailableError */
  seek(guildId: string, positionMs: number): Promise<void> {
    return this.turns.run(guildId, async () => {
      await this.lavalink.change(guildId, { position: positionMs });
      await this.queues.change(guildId, (queue) => {
        queue.seekTo(positionMs);
      });
      this.told.next({ kind: 'seeked', guildId, positionMs });
    });
  }

  /** @param volume percent. @throws NothingPlaysError, MusicUnavailableError */
  setVolume(guildId: string, volume: number): Promise<void> {
    return this.turns.run(guildId, async () => {
      await this.lavalink.change(guildId, { volume });
      await this.queues.change(guildId, (queue) => {
        queue.volume = volume;
      });
    });
  }

  /** Ends the music and forgets the queue; the bot leaves the channel. */
  leave(guildId: string): Promise<void> {
    return this.turns.run(guildId, async () => {
      await this.close(guildId, 'stopped');
      await this.lavalink.leave(guildId);
    });
  }

  private async begin(botId: string): Promise<void> {
    if (!this.lavalink.isSetUp) {
      return;
    }
    const resumable = (await this.queues.list()).flatMap(({ nodeResumeId }) => nodeResumeId?.split(' ') ?? []);
    const pairs = Array.from({ length: resumable.length / 2 }, (_, index) => resumable.slice(2 * index, 2 * index + 2));
    await this.lavalink.start(botId, new Map(pairs as Array<[string, string]>));
  }

  /** Somebody moved the bot, or threw it out. */
  private follow(guildId: string, channelId: string | null): void {
    this.inTurn(guildId, async () => {
      const queue = await this.queues.find(guildId);
      if (!queue || queue.voiceChannelId === channelId) {
        return;
      }
      if (channelId === null) {
        await this.close(guildId, 'disconnected');
        await this.lavalink.leave(guildId);
        return;
      }
      await this.queues.change(guildId, (moved) => {
        moved.voiceChannelId = channelId;
      });
      this.told.next({ kind: 'moved', guildId, voiceChannelId: channelId });
    });
  }

  private hear(fact: PlayerFact): void {
    switch (fact.kind) {
      case 'node-ready':
        void this.takeUp(fact.isResumed).catch((error: unknown) => {
          this.logger.error(error);
        });
        return;
      case 'node-lost':
        fact.guildIds.forEach((guildId) => {
          this.alive.delete(guildId);
          this.told.next({ kind: 'node-lost', guildId });
        });
        return;
      case 'position':
        this.inTurn(fact.guildId, () => this.rememberPosition(fact.guildId, fact.positionMs));
        return;
      case 'started':
        this.inTurn(fact.guildId, () => this.noteStart(fact.guildId, fact.entryId));
        return;
      case 'ended':
      case 'stuck':
        this.inTurn(fact.guildId, () => this.noteEnd(fact));
    }
  }

  private inTurn(guildId: string, work: () => Promise<void>): void {
    if (this.isStopping) {
      return;
    }
    void this.turns.run(guildId, work).catch((error: unknown) => {
      if (error instanceof DomainError) {
        this.logger.warn(`Server ${guildId}: ${error.message}`);
      } else {
        this.logger.error(error);
      }
    });
  }

  private async noteStart(guildId: string, entryId: string): Promise<void> {
    const queue = await this.queues.find(guildId);
    if (queue?.current?.id !== entryId) {
      return;
    }
    const resumeId = this.lavalink.resumeIdOf(guildId);
    await this.queues.change(guildId, (changed) => {
      changed.nodeResumeId = resumeId && `${resumeId.node} ${resumeId.id}`;
    });
    this.alive.add(guildId);
    this.told.next({ kind: 'started', guildId, queue, entry: queue.current });
  }

  /** What we have replaced ourselves ends as well; only what ends by itself, or fails, makes way for the next one. */
  private async noteEnd(fact: Extract<PlayerFact, { kind: 'ended' | 'stuck' }>): Promise<void> {
    const { guildId, entryId } = fact;
    const isFailed = fact.kind === 'stuck' || fact.isFailed;
    const isOver = isFailed || fact.isFinished;
    const queue = await this.queues.find(guildId);
    if (queue?.current?.id !== entryId || !isOver) {
      return;
    }
    this.told.next({ kind: 'ended', guildId, because: isFailed ? 'failed' : 'finished' });
    await this.next(guildId, isFailed ? 'failed' : 'ended');
  }

  private async rememberPosition(guildId: string, positionMs: number): Promise<void> {
    await this.queues.rememberPosition(guildId, positionMs);
    this.told.next({ kind: 'plays-on', guildId });
  }

  /** A node is there, for the first time or again: what it does not play already is played from where it was. */
  private async takeUp(isResumed: boolean): Promise<void> {
    for (const { guildId } of await this.queues.list()) {
      this.inTurn(guildId, async () => {
        const queue = await this.queues.find(guildId);
        if (queue && !this.alive.has(guildId)) {
          await this.goOn(queue, isResumed);
        }
      });
    }
  }

  private async goOn(queue: MusicQueue, isResumed: boolean): Promise<void> {
    const { guildId, current, voiceChannelId } = queue;
    await this.lavalink.join(guildId, voiceChannelId);
    await this.lavalink.restoreVoice(guildId);
    this.alive.add(guildId);
    if (!current) {
      return;
    }
    this.told.next({ kind: 'returned', guildId });
    if (!isResumed && !(await this.tellNode(queue, current, queue.positionMs))) {
      await this.next(guildId, 'failed');
    }
  }

  /** @returns what plays now */
  private async next(guildId: string, why: Advance): Promise<QueueEntry | null> {
    const entry = await this.queues.change(guildId, (queue) => queue.advance(why));
    if (!entry) {
      await this.lavalink.change(guildId, { track: { encoded: null } });
      return null;
    }
    const isFound = await this.tellNode(await this.queues.require(guildId), entry, 0);
    return isFound ? entry : this.next(guildId, 'failed');
  }

  /** @returns false when no node finds it */
  private async tellNode(queue: MusicQueue, entry: QueueEntry, positionMs: number): Promise<boolean> {
    const encoded = entry.encoded ?? (await this.search.resolve(entry));
    if (encoded === null) {
      return false;
    }
    const { guildId, volume, isPaused } = queue;
    const track = { encoded, userData: { entryId: entry.id } };
    await this.lavalink.change(guildId, { track, position: positionMs, volume, paused: isPaused });
    return true;
  }

  private async close(guildId: string, because: 'stopped' | 'disconnected'): Promise<void> {
    const queue = await this.queues.find(guildId);
    this.alive.delete(guildId);
    if (queue) {
      this.told.next({ kind: 'left', guildId, queue, because });
      await this.queues.close(guildId);
    }
  }
}
