import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Client } from 'discord.js';

import { Clock } from '../../../common/clock.js';
import { newId } from '../../../common/ids.js';
import { OWN_PLAYER, type Playback, Playbacks, type PlayerEvent, type Seen } from '../../voice/index.js';
import { Jukebox } from '../music/jukebox.service.js';
import type { MusicNews } from '../music/music-news.js';
import { Turns } from '../music/turns.js';
import { changeOf, seenIn, type VoiceChange } from './voice-change.js';

type Told = PlayerEvent extends infer Event
  ? Event extends PlayerEvent
    ? Omit<Event, 'eventId' | 'at'>
    : never
  : never;

type PlainNews = Exclude<MusicNews, { kind: 'started' | 'returned' | 'moved' | 'plays-on' }>;
type EndReason = Extract<Told, { kind: 'ended' }>['because'];

/** Why a playback is over, by what the jukebox says of it. */
const END_REASONS: Record<Extract<MusicNews, { kind: 'ended' | 'left' }>['because'], EndReason> = {
  finished: 'finished',
  skipped: 'skipped',
  failed: 'node_failed',
  stopped: 'stopped',
  disconnected: 'bot_disconnected',
};

/**
 * Tells `voice` what our own player and the gateway see: what plays, and who is there. Each thing is told with the moment
 * at which it was seen, however long the telling takes; music never waits for it.
 */
@Injectable()
export class VoiceFeed implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(VoiceFeed.name);
  private readonly turns = new Turns();
  /** What plays in each server, as far as this process has told. */
  private readonly open = new Map<string, Playback>();
  private readonly broken = new Set<string>();

  constructor(
    private readonly client: Client,
    private readonly jukebox: Jukebox,
    private readonly playbacks: Playbacks,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jukebox.news.subscribe((news) => {
      const seen = { at: this.clock.now(), people: this.peopleIn(news.guildId) };
      this.inTurn(news.guildId, () => this.tell(news, seen));
    });
    this.client.on('voiceStateUpdate', (before, after) => {
      // Both are live objects: what is needed is copied now.
      const [change, at] = [changeOf(before, after), this.clock.now()];
      if (change && after.id !== this.client.user?.id) {
        this.inTurn(after.guild.id, () => this.tellChange(after.guild.id, change, at));
      }
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.turns.settle();
  }

  private inTurn(guildId: string, work: () => Promise<void>): void {
    void this.turns.run(guildId, work).catch((error: unknown) => {
      this.logger.error(error, `Server ${guildId}: what was seen could not be told.`);
    });
  }

  private async tell(news: MusicNews, { at, people }: { at: Date; people: People }): Promise<void> {
    if (news.kind === 'started') {
      await this.tellStart(news, at, people);
    } else if (news.kind === 'returned') {
      await this.tellReturn(news.guildId, at, people);
    } else if (news.kind === 'moved') {
      await this.tellMove(news.guildId, at, news.voiceChannelId, people);
    } else if (news.kind === 'plays-on') {
      await this.keepAlive(news.guildId);
    } else {
      await this.tellPlain(news, at);
    }
  }

  /** What concerns nobody in particular. */
  private async tellPlain(news: PlainNews, at: Date): Promise<void> {
    const { guildId } = news;
    switch (news.kind) {
      case 'node-lost':
        this.broken.add(guildId);
        await this.note(guildId, at, { kind: 'node_failed' });
        return;
      case 'ended':
      case 'left':
        await this.end(guildId, at, END_REASONS[news.because]);
        return;
      case 'paused':
      case 'resumed':
        await this.note(guildId, at, { kind: news.kind });
        return;
      case 'seeked':
        await this.note(guildId, at, { kind: 'seeked', positionSeconds: Math.floor(news.positionMs / 1000) });
    }
  }

  /** A track that goes on after a failure starts anew at its node, and is the same playback. */
  private async tellStart(
    { guildId, queue, entry }: Extract<MusicNews, { kind: 'started' }>,
    at: Date,
    people: People,
  ): Promise<void> {
    const known = await this.find(guildId);
    if (known?.startEventId.startsWith(`${entry.id}:`) && queue.positionMs > 0) {
      return;
    }
    const guild = this.client.guilds.cache.get(guildId);
    const { artist, title, album, durationSeconds, requestedBy } = entry;
    const playback = await this.playbacks.start(OWN_PLAYER, {
      eventId: `${entry.id}:${newId()}`,
      at,
      guildId,
      guildName: guild?.name ?? null,
      channelId: queue.voiceChannelId,
      channelName: guild?.channels.cache.get(queue.voiceChannelId)?.name ?? null,
      ...{ artist, title, album, durationSeconds, requestedBy },
      listeners: people(queue.voiceChannelId),
    });
    this.open.set(guildId, playback);
  }

  private async tellChange(guildId: string, change: VoiceChange, at: Date): Promise<void> {
    const playback = await this.find(guildId);
    const event = playback && change.eventIn(playback.channelId);
    if (event) {
      await this.note(guildId, at, event);
    }
  }

  /** After a failing node the music is as it was paused; after an absence of ours nobody knows what happened meanwhile. */
  private async tellReturn(guildId: string, at: Date, people: People): Promise<void> {
    if (this.broken.delete(guildId)) {
      await this.note(guildId, at, { kind: 'resumed' });
      return;
    }
    const playback = await this.find(guildId);
    if (playback) {
      await this.note(guildId, at, { kind: 'returned', since: null, listeners: people(playback.channelId) });
    }
  }

  private async tellMove(guildId: string, at: Date, channelId: string, people: People): Promise<void> {
    const channelName = this.client.guilds.cache.get(guildId)?.channels.cache.get(channelId)?.name ?? null;
    await this.note(guildId, at, { kind: 'moved', channelId, channelName, listeners: people(channelId) });
  }

  private async keepAlive(guildId: string): Promise<void> {
    const playback = this.open.get(guildId);
    if (playback) {
      await this.playbacks.keepAlive(OWN_PLAYER, [playback.id]);
    }
  }

  private async end(guildId: string, at: Date, because: EndReason): Promise<void> {
    await this.note(guildId, at, { kind: 'ended', because });
    this.open.delete(guildId);
    this.broken.delete(guildId);
  }

  private async note(guildId: string, at: Date, told: Told): Promise<void> {
    const playback = await this.find(guildId);
    if (playback) {
      const event = { ...told, eventId: newId(), at: at < playback.startedAt ? playback.startedAt : at };
      this.open.set(guildId, await this.playbacks.note(OWN_PLAYER, playback.id, [event]));
    }
  }

  /** The one that was open before a restart is found again. */
  private async find(guildId: string): Promise<Playback | null> {
    const known = this.open.get(guildId);
    if (known) {
      return known;
    }
    const found = (await this.playbacks.findOpen(OWN_PLAYER)).findLast((each) => each.guildId === guildId) ?? null;
    if (found) {
      this.open.set(guildId, found);
    }
    return found;
  }

  /** Who is where at this moment: copied, for voice states change under our hands. */
  private peopleIn(guildId: string): People {
    const states = seenIn(this.client.guilds.cache.get(guildId)?.voiceStates.cache.values() ?? []);
    return (channelId) => states.filter((state) => state.channelId === channelId).map(({ seen }) => seen);
  }
}

type People = (channelId: string) => Seen[];
