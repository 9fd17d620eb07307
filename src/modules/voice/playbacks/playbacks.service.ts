import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, LessThanOrEqual, Not } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { isUserGone } from '../../../common/database/is-user-gone.js';
import type { BotKeyId, PlaybackId, UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { EventOutOfTimeError, PlaybackNotFoundError, PlaybackTooOldError } from '../voice.errors.js';
import { PlaybackEvents } from './playback-events.service.js';
import { PlaybackStories } from './playback-stories.service.js';
import { Playback } from './playback.entity.js';
import type { PlaybackStart, PlayerEvent } from './player-event.js';
import { RoomAnnouncements } from './room-announcements.service.js';

/** Clocks of players' machines differ a little. */
const FUTURE_TOLERANCE_MS = 60_000;
/** Who was linked at the start can be told no longer than that. */
const OLDEST_START_MS = 3600_000;

/**
 * What plays in voice channels, as any player tells it: a track started, paused, resumed, was sought in, ended; listeners
 * joined, left, were deafened. Everything may be told twice and in any order. Nothing here waits for Last.fm: who hears
 * enough is decided at the threshold, in the background.
 */
@Injectable()
export class Playbacks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
    private readonly events: PlaybackEvents,
    private readonly stories: PlaybackStories,
    private readonly announcements: RoomAnnouncements,
    private readonly clock: Clock,
  ) {}

  /**
   * A track has started. It is announced at once as now playing for everyone there who wants it. What the player still had
   * open in that server is over with it.
   * @param playerId the bot key of the player; of our own bot `OWN_PLAYER`
   * @returns the playback; the known one when the start was told before
   * @throws PlaybackTooOldError when it started over an hour ago
   * @throws EventOutOfTimeError when it starts over a minute in the future
   */
  async start(playerId: BotKeyId, start: PlaybackStart): Promise<Playback> {
    this.refuseFuture(start.at);
    if (this.clock.now().getTime() - start.at.getTime() > OLDEST_START_MS) {
      throw new PlaybackTooOldError();
    }
    const { playback, listening } = await this.orAgain(() =>
      this.unitOfWork.run((tx) => this.startWithin(tx, playerId, start)),
    );
    this.announcements.announce(playback, [...listening.values()]);
    return playback;
  }

  /**
   * Things have happened in a playback, one after the other.
   * @throws PlaybackNotFoundError also for a playback of another player
   * @throws EventOutOfTimeError when one lies before the start, or over a minute in the future
   */
  async note(playerId: BotKeyId, id: PlaybackId, events: readonly PlayerEvent[]): Promise<Playback> {
    return this.orAgain(() =>
      this.unitOfWork.run(async (tx) => {
        const playback = await tx.manager.findOne(Playback, {
          where: { id, playerId },
          lock: { mode: 'pessimistic_write' },
        });
        if (!playback) {
          throw new PlaybackNotFoundError();
        }
        for (const event of events) {
          this.refuseFuture(event.at);
          const earliest = event.kind === 'returned' && event.since !== null ? event.since : event.at;
          if (event.at < playback.startedAt || earliest < playback.startedAt) {
            throw new EventOutOfTimeError();
          }
        }
        await this.noteWithin(tx, playback, events);
        return playback;
      }),
    );
  }

  /**
   * The player is still there, and nothing has happened in these playbacks that it has not told. Without such a word every
   * few seconds the threshold is only proven by the next event. Those that are not its own, or over, are passed over.
   */
  async keepAlive(playerId: BotKeyId, ids: readonly PlaybackId[]): Promise<void> {
    const seenAt = this.clock.now();
    await this.dataSource.manager.update(Playback, { id: In(ids), playerId, endedAt: IsNull() }, { seenAt });
  }

  /** What a player has open, the oldest first: after a restart it says of each whether the music plays on, and who is there. */
  findOpen(playerId: BotKeyId): Promise<Playback[]> {
    return this.dataSource.manager.find(Playback, {
      where: { playerId, endedAt: IsNull() },
      order: { startedAt: 'ASC', id: 'ASC' },
    });
  }

  /** @throws PlaybackNotFoundError also for a playback of another player */
  async require(playerId: BotKeyId, id: PlaybackId): Promise<Playback> {
    const playback = await this.dataSource.manager.findOneBy(Playback, { id, playerId });
    if (!playback) {
      throw new PlaybackNotFoundError();
    }
    return playback;
  }

  /** Closes a playback whose player has gone silent. To be called with the playback locked. */
  async giveUp(tx: Transaction, playback: Playback): Promise<void> {
    const { id, seenAt } = playback;
    await this.noteWithin(tx, playback, [
      { eventId: `silent:${id}`, kind: 'ended', at: seenAt, because: 'player_silent' },
    ]);
  }

  private async startWithin(
    tx: Transaction,
    playerId: BotKeyId,
    start: PlaybackStart,
  ): Promise<{ playback: Playback; listening: Map<string, UserId> }> {
    const { manager } = tx;
    const playback = await this.stories.open(manager, playerId, start);
    if (!playback) {
      const known = await manager.findOneByOrFail(Playback, { playerId, startEventId: start.eventId });
      return { playback: known, listening: new Map() };
    }
    await this.replaceOpen(tx, playback);
    await this.events.keep(manager, playback, [{ ...start, kind: 'started' }]);
    return { playback, listening: await this.stories.retell(tx, playback) };
  }

  /** A player plays one thing at a time in a server, even if it forgot to say that the one before is over. */
  private async replaceOpen(tx: Transaction, { id, playerId, guildId, startedAt }: Playback): Promise<void> {
    const open = await tx.manager.find(Playback, {
      where: { id: Not(id), playerId, guildId, endedAt: IsNull(), startedAt: LessThanOrEqual(startedAt) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    for (const before of open) {
      const end = { eventId: `replaced:${id}`, kind: 'ended', at: startedAt, because: 'replaced' } as const;
      await this.noteWithin(tx, before, [end]);
    }
  }

  private async noteWithin(tx: Transaction, playback: Playback, events: readonly PlayerEvent[]): Promise<void> {
    if ((await this.events.keep(tx.manager, playback, events)) === 0) {
      return;
    }
    for (const event of events) {
      playback.see(event.at);
      if (event.kind === 'moved') {
        playback.channelId = event.channelId;
        playback.channelName = event.channelName;
      }
    }
    await this.stories.retell(tx, playback);
  }

  private refuseFuture(at: Date): void {
    if (at.getTime() > this.clock.now().getTime() + FUTURE_TOLERANCE_MS) {
      throw new EventOutOfTimeError();
    }
  }

  /** A user who is deleted at this moment takes nobody else with them: the second time they are not found. */
  private async orAgain<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (!isUserGone(error)) {
        throw error;
      }
      return work();
    }
  }
}
