import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { ThresholdPolicy } from '../threshold/threshold-policy.js';

/** What the managers of a Discord server have chosen for it. */
@Entity('guild_settings')
export class GuildSettings {
  @PrimaryColumn({ type: 'text' })
  guildId: string;

  /** What it is called, as a player last said. */
  @Column({ type: 'text', nullable: true })
  name: string | null;

  /** Null: what the operator has chosen. */
  @Column({ type: 'text', nullable: true })
  thresholdPolicy: ThresholdPolicy | null;

  /** The voice channels from which is scrobbled; null: all. */
  @Column({ type: 'text', array: true, nullable: true })
  channelIds: string[] | null;

  /** Who has it may skip and stop without a vote; null: nobody but managers. */
  @Column({ type: 'text', nullable: true })
  djRoleId: string | null;

  /** Whether each track is announced in a message. */
  @Column({ type: 'boolean' })
  announces: boolean;

  /** Where failures are posted; null: nowhere. */
  @Column({ type: 'text', nullable: true })
  logChannelId: string | null;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;

  /** The Discord user who changed it last; null: nobody yet. */
  @Column({ type: 'text', nullable: true })
  updatedBy: string | null;
}
