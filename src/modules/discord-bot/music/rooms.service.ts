import { Injectable } from '@nestjs/common';

import { GuildSettingsService, MusicQueues } from '../../voice/index.js';
import { type Asked, isDj, type Room, roomOf } from './room.js';
import { DjOnlyError } from './music.errors.js';

/** Who may do what to the music. */
@Injectable()
export class Rooms {
  constructor(
    private readonly queues: MusicQueues,
    private readonly settings: GuildSettingsService,
  ) {}

  /** The room of somebody who wants to change the music. @throws OutsideServerError, NotInVoiceChannelError */
  async enter(asked: Asked): Promise<Room> {
    const queue = asked.guild && (await this.queues.find(asked.guild.id));
    return roomOf(asked, queue?.voiceChannelId ?? null);
  }

  async isDj(room: Room): Promise<boolean> {
    const { djRoleId } = await this.settings.find(room.guildId);
    return isDj(room, djRoleId);
  }

  /** @throws DjOnlyError, and as `enter` */
  async enterAsDj(asked: Asked): Promise<Room> {
    const room = await this.enter(asked);
    if (!(await this.isDj(room))) {
      throw new DjOnlyError();
    }
    return room;
  }
}
