import { Injectable } from '@nestjs/common';

import { MusicQueues } from '../../voice/index.js';
import { Jukebox } from './jukebox.service.js';
import { wordEntry } from './music-words.js';
import type { Room } from './room.js';
import { Rooms } from './rooms.service.js';
import { SkipVotes } from './skip-votes.js';

/** Skips at once for a DJ and for who asked for the track; for anybody else once most listeners agree. */
@Injectable()
export class Skips {
  constructor(
    private readonly jukebox: Jukebox,
    private readonly rooms: Rooms,
    private readonly queues: MusicQueues,
    private readonly votes: SkipVotes,
  ) {}

  /** @returns what to say. @throws NothingPlaysError, MusicUnavailableError */
  async ask(room: Room, entryId: string): Promise<string> {
    const current = await this.queues.requireCurrent(room.guildId);
    const mayDecide = current.requestedBy === room.userId || (await this.rooms.isDj(room));
    const missing = mayDecide ? 0 : this.votes.cast(room.guildId, entryId, room.userId, room.listeners);
    if (missing > 0) {
      return `${missing} more ${missing === 1 ? 'vote' : 'votes'} to skip ${wordEntry(current)}.`;
    }
    const next = await this.jukebox.skip(room.guildId, entryId);
    return next ? `Skipped. Playing ${wordEntry(next)}.` : 'Skipped. The queue is empty.';
  }
}
