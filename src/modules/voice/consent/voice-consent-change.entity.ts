import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { UserId, VoiceConsentChangeId } from '../../../common/ids.js';

/** An entry of the consent log: what a user allowed or forbade, and when. */
@Entity('voice_consent_change')
@Index('voice_consent_change_of_user', ['userId', 'changedAt'])
export class VoiceConsentChange {
  @PrimaryColumn({ type: 'uuid' })
  id: VoiceConsentChangeId;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  userId: UserId;

  /** Empty: anywhere, for a night. */
  @Column({ type: 'text' })
  guildId: string;

  /** Empty: the whole server. */
  @Column({ type: 'text' })
  channelId: string;

  /** Null: the choice was taken back. */
  @Column({ type: 'boolean', nullable: true })
  isAllowed: boolean | null;

  @Column({ type: 'timestamptz', nullable: true })
  until: Date | null;

  @Column({ type: 'timestamptz' })
  changedAt: Date;
}
