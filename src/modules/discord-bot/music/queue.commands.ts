import { Injectable, UseInterceptors } from '@nestjs/common';
import { Context, Options, SlashCommand, type SlashCommandContext } from 'necord';

import { MusicQueues } from '../../voice/index.js';
import { AnswerInterceptor } from '../answering/answer.interceptor.js';
import { PublicAnswer } from '../answering/public-answer.decorator.js';
import type { Reply } from '../answering/reply.js';
import { LoopOption, MoveOptions, PlaceOption } from './music.options.js';
import { DjOnlyError } from './music.errors.js';
import { wordEntry, wordQueue } from './music-words.js';
import { Rooms } from './rooms.service.js';

/** Changes what comes next. */
@Injectable()
@UseInterceptors(AnswerInterceptor)
export class QueueCommands {
  constructor(
    private readonly rooms: Rooms,
    private readonly queues: MusicQueues,
  ) {}

  @SlashCommand({ name: 'queue', description: 'Show what comes next' })
  async show(@Context() [interaction]: SlashCommandContext): Promise<Reply> {
    return { content: wordQueue(await this.queues.require(interaction.guildId ?? '')) };
  }

  @SlashCommand({ name: 'remove', description: 'Take a track out of the queue' })
  @PublicAnswer(true)
  async remove(@Context() [interaction]: SlashCommandContext, @Options() { place }: PlaceOption): Promise<Reply> {
    const room = await this.rooms.enter(interaction);
    const mayRemoveAny = await this.rooms.isDj(room);
    const entry = await this.queues.change(room.guildId, (queue) => {
      if (!mayRemoveAny && queue.at(place).requestedBy !== room.userId) {
        throw new DjOnlyError();
      }
      return queue.remove(place);
    });
    return { content: `Removed ${wordEntry(entry)}.` };
  }

  @SlashCommand({ name: 'move', description: 'Give a track another place in the queue' })
  @PublicAnswer(true)
  async move(@Context() [interaction]: SlashCommandContext, @Options() { from, to }: MoveOptions): Promise<Reply> {
    const { guildId } = await this.rooms.enter(interaction);
    const entry = await this.queues.change(guildId, (queue) => queue.move(from, to));
    return { content: `Moved ${wordEntry(entry)} to place ${to}.` };
  }

  @SlashCommand({ name: 'shuffle', description: 'Mix the queue' })
  @PublicAnswer(true)
  async shuffle(@Context() [interaction]: SlashCommandContext): Promise<Reply> {
    const { guildId } = await this.rooms.enter(interaction);
    await this.queues.change(guildId, (queue) => {
      queue.shuffle(Math.random);
    });
    return { content: 'The queue is mixed.' };
  }

  @SlashCommand({ name: 'loop', description: 'Play the track, or the whole queue, again and again' })
  @PublicAnswer(true)
  async loop(@Context() [interaction]: SlashCommandContext, @Options() { what }: LoopOption): Promise<Reply> {
    const { guildId } = await this.rooms.enter(interaction);
    await this.queues.change(guildId, (queue) => {
      queue.loop = what;
    });
    return { content: what === 'off' ? 'Nothing is repeated any more.' : `The ${what} is played again and again.` };
  }
}
