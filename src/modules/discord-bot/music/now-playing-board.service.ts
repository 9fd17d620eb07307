import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Client } from 'discord.js';

import { GuildSettingsService, type MusicQueue, MusicQueues } from '../../voice/index.js';
import type { Reply } from '../answering/reply.js';
import { Jukebox } from './jukebox.service.js';
import { boardOf } from './music-words.js';
import type { MusicNews } from './music-news.js';
import { Turns } from './turns.js';

type Message = Pick<MusicQueue, 'textChannelId' | 'messageId'>;

/** Keeps one message in each server that shows what plays, with its buttons. Music never waits for it. */
@Injectable()
export class NowPlayingBoard implements OnModuleInit {
  private readonly logger = new Logger(NowPlayingBoard.name);
  private readonly turns = new Turns();
  /** The messages that stand; before this process knows better, what the queue remembers counts. */
  private readonly standing = new Map<string, Message | null>();

  constructor(
    private readonly client: Client,
    private readonly jukebox: Jukebox,
    private readonly queues: MusicQueues,
    private readonly settings: GuildSettingsService,
  ) {}

  onModuleInit(): void {
    this.jukebox.news.subscribe((news) => {
      if (['started', 'paused', 'resumed', 'left'].includes(news.kind)) {
        void this.turns
          .run(news.guildId, () => this.show(news))
          .catch((error: unknown) => {
            this.logger.warn(`Server ${news.guildId}: no message about what plays: ${String(error)}`);
          });
      }
    });
  }

  private async show(news: MusicNews): Promise<void> {
    if (news.kind === 'left') {
      await this.takeDown(news.queue);
      this.standing.delete(news.guildId);
      return;
    }
    const queue = await this.queues.find(news.guildId);
    if (!queue?.current) {
      return;
    }
    if (news.kind === 'started') {
      await this.takeDown(queue);
      await this.putUp(queue, boardOf(queue, queue.current));
    } else {
      await this.edit(queue, boardOf(queue, queue.current));
    }
  }

  private async putUp(queue: MusicQueue, content: Reply): Promise<void> {
    const { guildId, textChannelId } = queue;
    const { announces } = await this.settings.find(guildId);
    const sent = announces ? await (await this.channelOf(queue))?.send(content) : undefined;
    const messageId = sent?.id ?? null;
    this.standing.set(guildId, { textChannelId, messageId });
    await this.queues.change(guildId, (changed) => {
      changed.messageId = messageId;
    });
  }

  private async edit(queue: MusicQueue, content: Reply): Promise<void> {
    const { textChannelId, messageId } = this.messageOf(queue);
    if (messageId !== null) {
      await (await this.channelOf({ textChannelId }))?.messages.edit(messageId, content);
    }
  }

  private async takeDown(queue: MusicQueue): Promise<void> {
    const { textChannelId, messageId } = this.messageOf(queue);
    this.standing.set(queue.guildId, null);
    if (messageId !== null) {
      const channel = await this.channelOf({ textChannelId });
      await channel?.messages.delete(messageId).catch(() => undefined); // Somebody has done so already.
    }
  }

  private messageOf(queue: MusicQueue): Message {
    const standing = this.standing.get(queue.guildId);
    return standing === undefined ? queue : (standing ?? { textChannelId: queue.textChannelId, messageId: null });
  }

  private async channelOf({ textChannelId }: Pick<MusicQueue, 'textChannelId'>) {
    const channel = await this.client.channels.fetch(textChannelId);
    return channel?.isSendable() ? channel : null;
  }
}
