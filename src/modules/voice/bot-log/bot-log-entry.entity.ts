import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { BotLogEntryId, ScrobbleId, UserId } from '../../../common/ids.js';

/** A scrobble from a voice channel that Last.fm did not take. */
@Entity('bot_log_entry')
@Index('one_bot_log_entry_per_failure', ['scrobbleId', 'attempt'], { unique: true })
@Index('bot_log_entry_of_user', ['userId'])
@Index('bot_log_by_time', ['createdAt'])
@Index('bot_log_to_post', ['guildId', 'createdAt'], { where: 'posted_at is null' })
export class BotLogEntry {
  @PrimaryColumn({ type: 'uuid' })
  id: BotLogEntryId;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  userId: UserId;

  @Column({ type: 'uuid' })
  scrobbleId: ScrobbleId;

  /** Which of its attempts failed: after a retry it may fail again. */
  @Column({ type: 'int' })
  attempt: number;

  /** Null: a bot scrobbled it by itself and did not say where. */
  @Column({ type: 'text', nullable: true })
  guildId: string | null;

  @Column({ type: 'text', nullable: true })
  channelId: string | null;

  @Column({ type: 'text' })
  artist: string;

  @Column({ type: 'text' })
  title: string;

  /** `failed` or `ignored`. */
  @Column({ type: 'text' })
  state: string;

  @Column({ type: 'text' })
  reason: string;

  /** Last.fm's own word; null: there was none. */
  @Column({ type: 'text', nullable: true })
  message: string | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  /** When it was posted in its server's log channel; null: not, or the server has none. */
  @Column({ type: 'timestamptz', nullable: true })
  postedAt: Date | null;
}
