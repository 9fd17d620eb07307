import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { ScrobbleId, UserId } from '../../../common/ids.js';
import type { ScrobbleVerdict } from '../../lastfm/index.js';
import type { DeliveryReason } from './delivery-reason.js';
import type { DeliveryState } from './delivery-state.js';

/** A scrobble's way to one destination: its state, why it waits or stopped, and what the destination said. */
@Entity('delivery')
@ForeignKey('Scrobble', ['userId', 'scrobbleId'], ['userId', 'id'], { onDelete: 'CASCADE' })
@Index('delivery_waiting', ['userId', 'destination', 'playedAt'], { where: `state in ('queued', 'held', 'sending')` })
@Index('delivery_duplicates', ['userId', 'duplicateOf'], { where: `state = 'duplicate'` })
@Index('delivery_failed', ['deadlineAt'], { where: `state = 'failed'` })
@Index('delivery_deadline', ['deadlineAt'], { where: `state in ('queued', 'held', 'sending')` })
export class Delivery {
  @PrimaryColumn({ type: 'uuid' })
  userId: UserId;

  @PrimaryColumn({ type: 'uuid' })
  scrobbleId: ScrobbleId;

  @PrimaryColumn({ type: 'text' })
  destination: string;

  @Column({ type: 'text' })
  state: DeliveryState;

  /** A stable word for why it waits or has stopped. */
  @Column({ type: 'text', nullable: true })
  reason: DeliveryReason | null;

  /** As in the scrobble: deliveries leave oldest play first. */
  @Column({ type: 'timestamptz' })
  playedAt: Date;

  /** The destination's own number: 0 accepted, 1 to 5 ignored, or the error of the call. */
  @Column({ type: 'int', nullable: true })
  verdictCode: number | null;

  @Column({ type: 'text', nullable: true })
  verdictMessage: string | null;

  @Column({ type: 'jsonb', nullable: true })
  corrected: ScrobbleVerdict['corrected'];

  @Column({ type: 'int' })
  attempts: number;

  @Column({ type: 'timestamptz', nullable: true })
  nextAttemptAt: Date | null;

  /** From then on the destination would not take it any more. */
  @Column({ type: 'timestamptz' })
  deadlineAt: Date;

  @Column({ type: 'uuid', nullable: true })
  duplicateOf: ScrobbleId | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  /** When it was last sent. */
  @Column({ type: 'timestamptz', nullable: true })
  sentAt: Date | null;

  /** Accepted, but the daily check does not find it on the profile; since when. */
  @Column({ type: 'timestamptz', nullable: true })
  missingSince: Date | null;

  /** When its fate was known. */
  @Column({ type: 'timestamptz', nullable: true })
  settledAt: Date | null;
}
