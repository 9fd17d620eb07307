import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { NotificationId, UserId } from '../../../common/ids.js';

export const NOTIFICATION_KINDS = [
  'lastfm-rejected',
  'lastfm-parked',
  'deadline-near',
  'scrobbles-missing',
  'spotify-ending',
  'spotify-ended',
  'login-ended',
  'second-factor-refused',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Something a user has to know, told once. */
@Entity('notification')
@Index('one_notification_per_cause', ['userId', 'dedupeKey'], { unique: true })
export class Notification {
  @PrimaryColumn({ type: 'uuid' })
  id: NotificationId;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  userId: UserId;

  @Column({ type: 'text' })
  kind: NotificationKind;

  @Column({ type: 'text' })
  text: string;

  /** What caused it: a second notification of the same cause is not written. */
  @Column({ type: 'text' })
  dedupeKey: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  readAt: Date | null;
}
