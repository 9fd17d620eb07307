import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { Page } from '../../../common/http/paging.js';
import { type BotLogEntryId, newId, type ScrobbleId, type UserId } from '../../../common/ids.js';
import { DurableSubscriptions } from '../../../events/durable-subscriptions.js';
import { ScrobbleHistory } from '../../scrobbling/index.js';
import { BotLogEntry } from './bot-log-entry.entity.js';

/** An entry that is to be posted, and where. */
export interface PostedFailure {
  logChannelId: string;
  entry: Pick<BotLogEntry, 'guildId' | 'channelId' | 'artist' | 'title' | 'state' | 'reason' | 'message'>;
}

/** Of this age nobody wants to read of a failure in a channel any more. */
const WORTH_POSTING_MINUTES = 60;

/** Every failure of a scrobble from a voice channel, once. */
@Injectable()
export class BotLog implements OnModuleInit {
  constructor(
    private readonly subscriptions: DurableSubscriptions,
    private readonly history: ScrobbleHistory,
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.subscriptions.subscribe('voice-scrobbles.refused', 'bot-log', ({ userId, scrobbleIds }) =>
      this.log(userId, scrobbleIds),
    );
  }

  /** The latest first, of all servers or of one. */
  async list(limit: number, offset: number, guildId?: string): Promise<Page<BotLogEntry>> {
    const [items, total] = await this.dataSource.manager.findAndCount(BotLogEntry, {
      where: guildId === undefined ? {} : { guildId },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: limit,
      skip: offset,
    });
    return { items, total };
  }

  /** Recent failures of servers that have a log channel, oldest first; each is handed out once, to be posted there. */
  async takeForPosting(most: number): Promise<PostedFailure[]> {
    const [rows]: [Array<PostedFailure['entry'] & { logChannelId: string }>, number] = await this.dataSource.query(
      `update bot_log_entry e set posted_at = $1 from guild_settings g
        where g.guild_id = e.guild_id and e.id in (
          select w.id from bot_log_entry w join guild_settings s on s.guild_id = w.guild_id
           where w.posted_at is null and s.log_channel_id is not null
             and w.created_at > $1::timestamptz - make_interval(mins => $3)
           order by w.created_at limit $2 for update of w skip locked)
        returning g.log_channel_id as "logChannelId", e.guild_id as "guildId", e.channel_id as "channelId", e.artist,
                  e.title, e.state, e.reason, e.message`,
      [this.clock.now(), most, WORTH_POSTING_MINUTES],
    );
    return rows.map(({ logChannelId, ...entry }) => ({ logChannelId, entry }));
  }

  /** Safe to do again. What has been sent again since, with more luck, is no failure any more. */
  private async log(userId: UserId, scrobbleIds: readonly ScrobbleId[]): Promise<void> {
    const records = await this.history.findOutcomes(scrobbleIds.map((id) => ({ userId, id })));
    const failed = [...records.values()].filter(({ state }) => state === 'failed' || state === 'ignored');
    if (failed.length === 0) {
      return;
    }
    await this.dataSource.query(
      `insert into bot_log_entry (id, user_id, scrobble_id, attempt, guild_id, channel_id, artist, title, state, reason,
                                  message, created_at)
       select f.id, $1, f.scrobble_id, f.attempt, p.guild_id, p.channel_id, f.artist, f.title, f.state, f.reason,
              f.message, $9
         from unnest($2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $10::text[])
           as f (id, scrobble_id, attempt, artist, title, state, reason, message)
         left join voice_decision d on d.scrobble_id = f.scrobble_id
         left join playback p on p.id = d.playback_id
           on conflict do nothing`,
      [
        userId,
        failed.map(() => newId() as BotLogEntryId),
        failed.map(({ id }) => id),
        failed.map(({ attempts }) => attempts),
        failed.map(({ artist }) => artist),
        failed.map(({ title }) => title),
        failed.map(({ state }) => state),
        failed.map(({ reason }) => reason ?? 'unknown'),
        this.clock.now(),
        failed.map(({ verdictMessage }) => verdictMessage),
      ],
    );
  }
}
