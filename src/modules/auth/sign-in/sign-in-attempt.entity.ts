import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { UserId } from '../../../common/ids.js';
import type { VouchedKind } from '../identities/identity.entity.js';

/** A browser that was sent to somebody who is to vouch for it and has not come back. Deleted by the first return. */
@Entity('sign_in_attempt')
@Index('sign_in_attempt_of_user', ['userId'])
export class SignInAttempt {
  /** Of the `state` that travels with the browser. */
  @PrimaryColumn({ type: 'text' })
  stateHash: string;

  /** Of the secret in the cookie of the browser that set out. */
  @Column({ type: 'text' })
  browserHash: string;

  @Column({ type: 'text' })
  kind: VouchedKind;

  /** The signed-in user who is to get one more way in; null: someone wants to sign in. */
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid', nullable: true })
  userId: UserId | null;

  /** The page of ours to end on. */
  @Column({ type: 'text' })
  next: string;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;
}
