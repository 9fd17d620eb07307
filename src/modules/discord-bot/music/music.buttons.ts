import { Injectable, UseInterceptors } from '@nestjs/common';
import { Button, type ButtonContext, ComponentParam, Context } from 'necord';

import { MusicQueues } from '../../voice/index.js';
import { AnswerInterceptor } from '../answering/answer.interceptor.js';
import type { Reply } from '../answering/reply.js';
import { Declines } from '../voice-feed/declines.service.js';
import { Jukebox } from './jukebox.service.js';
import { TrackOverError } from './music.errors.js';
import { Rooms } from './rooms.service.js';
import { Skips } from './skips.service.js';

/** The buttons under the message that shows what plays. Each belongs to one track: pressed later, it does nothing. */
@Injectable()
@UseInterceptors(AnswerInterceptor)
export class MusicButtons {
  constructor(
    private readonly jukebox: Jukebox,
    private readonly rooms: Rooms,
    private readonly queues: MusicQueues,
    private readonly skips: Skips,
    private readonly declines: Declines,
  ) {}

  @Button('music/pause/:entryId')
  async pause(@Context() [interaction]: ButtonContext, @ComponentParam('entryId') entryId: string): Promise<Reply> {
    await this.changePause(interaction, entryId, true);
    return { content: 'Paused.' };
  }

  @Button('music/resume/:entryId')
  async resume(@Context() [interaction]: ButtonContext, @ComponentParam('entryId') entryId: string): Promise<Reply> {
    await this.changePause(interaction, entryId, false);
    return { content: 'The music goes on.' };
  }

  @Button('music/skip/:entryId')
  async skip(@Context() [interaction]: ButtonContext, @ComponentParam('entryId') entryId: string): Promise<Reply> {
    const room = await this.rooms.enter(interaction);
    await this.requirePlaying(room.guildId, entryId);
    return { content: await this.skips.ask(room, entryId) };
  }

  @Button('music/decline/:entryId')
  async decline(@Context() [interaction]: ButtonContext, @ComponentParam('entryId') entryId: string): Promise<Reply> {
    const guildId = interaction.guildId ?? '';
    await this.requirePlaying(guildId, entryId);
    await this.declines.decline(interaction.user.id, guildId);
    return { content: 'This track is not scrobbled for you.' };
  }

  private async changePause(interaction: ButtonContext[0], entryId: string, isPaused: boolean): Promise<void> {
    const { guildId } = await this.rooms.enter(interaction);
    await this.requirePlaying(guildId, entryId);
    await this.jukebox.pause(guildId, isPaused);
  }

  /** @throws NothingPlaysError, TrackOverError */
  private async requirePlaying(guildId: string, entryId: string): Promise<void> {
    const { id } = await this.queues.requireCurrent(guildId);
    if (id !== entryId) {
      throw new TrackOverError();
    }
  }
}
