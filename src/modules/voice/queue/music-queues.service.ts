import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { NothingPlaysError } from './music-queue.errors.js';
import { MusicQueue, type QueueEntry } from './music-queue.entity.js';

/** The queues of all Discord servers. Two people who change one at the same time do so one after the other. */
@Injectable()
export class MusicQueues {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  find(guildId: string): Promise<MusicQueue | null> {
    return this.dataSource.manager.findOneBy(MusicQueue, { guildId });
  }

  /** @throws NothingPlaysError */
  async require(guildId: string): Promise<MusicQueue> {
    const queue = await this.find(guildId);
    if (!queue) {
      throw new NothingPlaysError();
    }
    return queue;
  }

  /** What plays now. @throws NothingPlaysError also in silence */
  async requireCurrent(guildId: string): Promise<QueueEntry> {
    const { current } = await this.require(guildId);
    if (!current) {
      throw new NothingPlaysError();
    }
    return current;
  }

  /** Those that were there when we stopped. */
  list(): Promise<MusicQueue[]> {
    return this.dataSource.manager.find(MusicQueue, { order: { guildId: 'ASC' } });
  }

  /**
   * Adds to the queue of a server, which comes into being now if there is none.
   * @returns the place of the first one, counted from 1
   * @throws QueueFullError
   */
  async add(
    guildId: string,
    place: Pick<MusicQueue, 'voiceChannelId' | 'textChannelId'>,
    entries: readonly QueueEntry[],
  ): Promise<number> {
    const fresh = MusicQueue.open(guildId, place, this.clock.now());
    await this.dataSource.manager.createQueryBuilder().insert().into(MusicQueue).values(fresh).orIgnore().execute();
    return this.change(guildId, (queue) => queue.add(entries));
  }

  /**
   * Changes a queue under its row lock.
   * @throws NothingPlaysError, and what the change throws: then nothing is changed
   */
  async change<Result>(guildId: string, change: (queue: MusicQueue) => Result): Promise<Result> {
    return this.dataSource.transaction(async (manager) => {
      const queue = await manager.findOne(MusicQueue, { where: { guildId }, lock: { mode: 'pessimistic_write' } });
      if (!queue) {
        throw new NothingPlaysError();
      }
      const result = change(queue);
      queue.updatedAt = this.clock.now();
      await manager.save(queue);
      return result;
    });
  }

  /** Remembers how far the current track is. */
  async rememberPosition(guildId: string, positionMs: number): Promise<void> {
    await this.dataSource.manager.update(MusicQueue, { guildId }, { positionMs });
  }

  async close(guildId: string): Promise<void> {
    await this.dataSource.manager.delete(MusicQueue, { guildId });
  }
}
