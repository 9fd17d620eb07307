import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { UserId } from '../../../common/ids.js';

/** A way to sign in. A user may have several; so far there is one kind. */
export type IdentityKind = 'password';

@Entity('identity')
@Index('one_identity_per_subject', ['kind', 'subject'], { unique: true })
@Index('identity_of_user', ['userId'])
export class Identity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  userId: UserId;

  @Column({ type: 'text' })
  kind: IdentityKind;

  /** Who they are to whoever vouches for them; for a password, the e-mail address in lower case. */
  @Column({ type: 'text' })
  subject: string;

  /** argon2id, with its parameters and salt. */
  @Column({ type: 'text', nullable: true })
  passwordHash: string | null;

  /** Since when someone else may know the password: until it is changed it signs nobody in. */
  @Column({ type: 'timestamptz', nullable: true })
  passwordSuspectedAt: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
