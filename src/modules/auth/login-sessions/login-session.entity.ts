import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { LoginSessionId, UserId } from '../../../common/ids.js';

/** A browser that is signed in to us. Not to be confused with a Last.fm session key or a scrobble run. */
@Entity('login_session')
@Index('login_session_by_token', ['tokenHash'], { unique: true })
@Index('login_session_of_user', ['userId'])
export class LoginSession {
  @PrimaryColumn({ type: 'uuid' })
  id: LoginSessionId;

  @Column({ type: 'text' })
  tokenHash: string;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  userId: UserId;

  /** The browser in words, without versions. */
  @Column({ type: 'text' })
  device: string;

  /** A keyed hash of what the browser says of itself at every request. */
  @Column({ type: 'text' })
  fingerprintHash: string;

  /** The same of what our pages found out about it; null until one has said so. */
  @Column({ type: 'text', nullable: true })
  clientHash: string | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  lastUsedAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  /** When this browser showed the second factor; null: its user has none. */
  @Column({ type: 'timestamptz', nullable: true })
  secondFactorAt: Date | null;

  /** Ended because another browser used it. The row stays until it expires, so that its own browser hears why. */
  @Column({ type: 'timestamptz', nullable: true })
  endedAt: Date | null;
}
