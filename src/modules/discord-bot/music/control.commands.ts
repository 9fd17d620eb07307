import { Injectable, UseInterceptors } from '@nestjs/common';
import { Context, Options, SlashCommand, type SlashCommandContext } from 'necord';

import { MusicQueues } from '../../voice/index.js';
import { AnswerInterceptor } from '../answering/answer.interceptor.js';
import { PublicAnswer } from '../answering/public-answer.decorator.js';
import type { Reply } from '../answering/reply.js';
import { SeekOption, VolumeOption } from './music.options.js';
import { NotSeekableError } from './music.errors.js';
import { readPosition, wordDuration } from './music-words.js';
import { Jukebox } from './jukebox.service.js';
import { Rooms } from './rooms.service.js';
import { Skips } from './skips.service.js';

/** Changes how the current track plays. */
@Injectable()
@UseInterceptors(AnswerInterceptor)
export class ControlCommands {
  constructor(
    private readonly jukebox: Jukebox,
    private readonly rooms: Rooms,
    private readonly queues: MusicQueues,
    private readonly skips: Skips,
  ) {}

  @SlashCommand({ name: 'pause', description: 'Pause the music' })
  @PublicAnswer(true)
  async pause(@Context() [interaction]: SlashCommandContext): Promise<Reply> {
    const { guildId } = await this.rooms.enter(interaction);
    await this.queues.requireCurrent(guildId);
    await this.jukebox.pause(guildId, true);
    return { content: 'Paused. /resume goes on.' };
  }

  @SlashCommand({ name: 'resume', description: 'Go on after a pause' })
  @PublicAnswer(true)
  async resume(@Context() [interaction]: SlashCommandContext): Promise<Reply> {
    const { guildId } = await this.rooms.enter(interaction);
    await this.queues.requireCurrent(guildId);
    await this.jukebox.pause(guildId, false);
    return { content: 'The music goes on.' };
  }

  @SlashCommand({ name: 'skip', description: 'Play the next track; others may have to agree' })
  @PublicAnswer(true)
  async skip(@Context() [interaction]: SlashCommandContext): Promise<Reply> {
    const room = await this.rooms.enter(interaction);
    const { id } = await this.queues.requireCurrent(room.guildId);
    return { content: await this.skips.ask(room, id) };
  }

  @SlashCommand({ name: 'seek', description: 'Go to another place in the track' })
  @PublicAnswer(true)
  async seek(@Context() [interaction]: SlashCommandContext, @Options() { to }: SeekOption): Promise<Reply> {
    const { guildId } = await this.rooms.enter(interaction);
    const { durationSeconds } = await this.queues.requireCurrent(guildId);
    const seconds = readPosition(to);
    if (seconds === null || durationSeconds === null || seconds >= durationSeconds) {
      throw new NotSeekableError();
    }
    await this.jukebox.seek(guildId, seconds * 1000);
    return { content: `Playing from ${wordDuration(seconds)}.` };
  }

  @SlashCommand({ name: 'volume', description: 'Make the music louder or quieter' })
  @PublicAnswer(true)
  async volume(@Context() [interaction]: SlashCommandContext, @Options() { percent }: VolumeOption): Promise<Reply> {
    const { guildId } = await this.rooms.enter(interaction);
    await this.jukebox.setVolume(guildId, percent);
    return { content: `The volume is ${percent} %.` };
  }
}
