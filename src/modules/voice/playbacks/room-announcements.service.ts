import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { NowPlaying } from '../../lastfm/index.js';
import { Playback } from './playback.entity.js';

/** So many calls are under way at once: more would only wait for a place in the call budget, and ask for it again and again. */
const AT_ONCE = 8;
/** What is announced later than that after its start says nothing true any more. */
const WORTH_SAYING_MS = 30_000;

interface Waiting {
  playback: Playback;
  userId: UserId;
}

/**
 * Announces what plays in a room for each of its listeners, in the background. However many rooms start at once, each
 * announcement is made within 30 seconds of the start and while the track plays, or not at all; none is made twice.
 */
@Injectable()
export class RoomAnnouncements implements BeforeApplicationShutdown {
  private readonly logger = new Logger(RoomAnnouncements.name);
  private waiting: Waiting[] = [];
  private readonly working = new Set<Promise<void>>();
  private isStopped = false;

  constructor(
    private readonly nowPlaying: NowPlaying,
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Returns at once. */
  announce(playback: Playback, userIds: readonly UserId[]): void {
    this.waiting.push(...userIds.map((userId) => ({ playback, userId })));
    while (this.working.size < AT_ONCE && this.waiting.length > 0) {
      const work = this.work().finally(() => this.working.delete(work));
      this.working.add(work);
    }
  }

  /** Waits until all that was to be announced has been, or has been dropped. */
  async settle(): Promise<void> {
    await Promise.all(this.working);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.settle();
  }

  private async work(): Promise<void> {
    for (let next = this.next(); next; next = this.next()) {
      const { playback, userId } = next;
      try {
        await this.nowPlaying.announce(userId, playback, {
          since: playback.startedAt,
          isStillTrue: () => this.isPlaying(playback),
        });
      } catch (error) {
        this.logger.error(error);
      }
    }
  }

  /** The next one that is still worth saying; those that are not are dropped together. */
  private next(): Waiting | undefined {
    const oldest = this.clock.now().getTime() - WORTH_SAYING_MS;
    const before = this.waiting.length;
    if (this.isStopped || (this.waiting[0]?.playback.startedAt.getTime() ?? Infinity) < oldest) {
      this.waiting = this.waiting.filter(({ playback }) => !this.isStopped && playback.startedAt.getTime() >= oldest);
      this.logger.warn(`Last.fm takes no more: dropped ${before - this.waiting.length} announcements of what plays.`);
    }
    return this.waiting.shift();
  }

  private async isPlaying({ id }: Playback): Promise<boolean> {
    if (this.isStopped) {
      return false;
    }
    return this.dataSource.manager.existsBy(Playback, { id, endedAt: IsNull() });
  }
}
