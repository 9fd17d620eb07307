import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { UserId } from '../../../common/ids.js';

/** A sign-in that still wants the second factor. It opens nothing, ends after a few minutes and belongs to one browser. */
@Entity('login_challenge')
@Index('login_challenge_by_token', ['tokenHash'], { unique: true })
@Index('login_challenge_of_user', ['userId'])
export class LoginChallenge {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  tokenHash: string;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  userId: UserId;

  /** How they have proved so far who they are, in a word. */
  @Column({ type: 'text' })
  method: string;

  @Column({ type: 'text' })
  fingerprintHash: string;

  @Column({ type: 'text', nullable: true })
  clientHash: string | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;
}
