import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { BotKeyId, UserId } from '../../../common/ids.js';

/** Lets a music bot act for the Discord users it serves. Only its hash is kept. */
@Entity('bot_key')
@Index('bot_key_by_hash', ['keyHash'], { unique: true })
export class BotKey {
  @PrimaryColumn({ type: 'uuid' })
  id: BotKeyId;

  /** Which bot it is for. */
  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  keyHash: string;

  /** Null: the operator, on the command line, or someone who was deleted since. */
  @ForeignKey('User', { onDelete: 'SET NULL' })
  @Column({ type: 'uuid', nullable: true })
  createdById: UserId | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  lastUsedAt: Date | null;

  /** From then on it opens nothing; the row stays, so that it can be told who had a key. */
  @Column({ type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
}
