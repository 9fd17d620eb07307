import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { UserId } from '../../../common/ids.js';

export const USER_ROLES = ['user', 'moderator', 'admin'] as const;
export type UserRole = (typeof USER_ROLES)[number];

@Entity('app_user')
export class User {
  @PrimaryColumn({ type: 'uuid' })
  id: UserId;

  @Column({ type: 'text' })
  displayName: string;

  @Column({ type: 'text' })
  role: UserRole;

  /** An IANA name such as `Europe/Berlin`: days and hours are counted in it. */
  @Column({ type: 'text' })
  timeZone: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  /** Since when a moderator keeps them out: they cannot sign in, and nothing of theirs is started. */
  @Column({ type: 'timestamptz', nullable: true })
  suspendedAt: Date | null;

  /** Others may see a page about them; only if they want it. */
  @Column({ type: 'boolean', default: false })
  profilePublic: boolean;

  /** That page may show what and how much they listen to; a decision of its own. */
  @Column({ type: 'boolean', default: false })
  statisticsPublic: boolean;
}
