import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { UserId } from '../../../common/ids.js';

/** A link by which someone who has forgotten their password sets a new one: 60 minutes, single use, then its row goes. */
@Entity('password_reset')
@Index('password_reset_by_token', ['tokenHash'], { unique: true })
@Index('password_reset_of_user', ['userId', 'createdAt'])
export class PasswordReset {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  userId: UserId;

  @Column({ type: 'text' })
  tokenHash: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;
}
