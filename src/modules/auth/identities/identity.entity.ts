import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { UserId } from '../../../common/ids.js';

export type IdentityKind = 'password' | 'oidc' | 'discord' | 'lastfm';

/** A kind for which somebody else vouches; for a password the person does themselves. */
export type VouchedKind = Exclude<IdentityKind, 'password'>;

/** A way to sign in. A user may have several. */

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

  /**
   * Who they are to whoever vouches for them, for ever and in one spelling: the e-mail address in lower case (password), the
   * issuer and its `sub` with a space between (oidc), the snowflake (discord), the username in lower case (lastfm).
   */
  @Column({ type: 'text' })
  subject: string;

  /** What the person is called there, as it was last heard; their e-mail address for a password. For eyes, not for comparing. */
  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', nullable: true })
  pictureUrl: string | null;

  /** argon2id, with its parameters and salt. */
  @Column({ type: 'text', nullable: true })
  passwordHash: string | null;

  /** Since when someone else may know the password: until it is changed it signs nobody in. */
  @Column({ type: 'timestamptz', nullable: true })
  passwordSuspectedAt: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  /** When it last signed someone in; null: not yet. */
  @Column({ type: 'timestamptz', nullable: true })
  lastUsedAt: Date | null;
}
