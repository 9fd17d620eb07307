import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { UserId, UserMergeId } from '../../../common/ids.js';
import type { VouchedKind } from '../identities/identity.entity.js';

/** A merge of two users that waits for their person's word: single use, 15 minutes, for one browser. */
@Entity('user_merge')
@Index('user_merge_of_user', ['intoUserId'])
export class UserMergeProposal {
  @PrimaryColumn({ type: 'uuid' })
  id: UserMergeId;

  /** Who stays: the one who is signed in. */
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  intoUserId: UserId;

  /** Who goes. No foreign key: what was done is told for a while after they are gone. */
  @Column({ type: 'uuid' })
  fromUserId: UserId;

  /** The way in by which the person proved to be the other user too. */
  @Column({ type: 'text' })
  provenKind: VouchedKind;

  @Column({ type: 'text' })
  provenName: string;

  /** Hash of the secret that the browser holds in a cookie in which both were proven. */
  @Column({ type: 'text' })
  confirmationHash: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  doneAt: Date | null;
}
