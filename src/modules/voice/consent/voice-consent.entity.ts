import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

import type { UserId } from '../../../common/ids.js';

/** Whether a user wants scrobbles from a place. Where nothing is said, whoever links an account does want them. */
@Entity('voice_consent')
export class VoiceConsent {
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid' })
  userId: UserId;

  /** A Discord server; empty: anywhere, which is said for one night only. */
  @PrimaryColumn({ type: 'text' })
  guildId: string;

  /** A voice channel of it; empty: all of them. */
  @PrimaryColumn({ type: 'text' })
  channelId: string;

  @Column({ type: 'boolean' })
  isAllowed: boolean;

  /** From then on it no longer counts; null: it does until it is changed. */
  @Column({ type: 'timestamptz', nullable: true })
  until: Date | null;

  @Column({ type: 'timestamptz' })
  changedAt: Date;
}
