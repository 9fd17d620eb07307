import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { UserId } from '../../../common/ids.js';
import type { UtcDay } from '../budget/utc-day.js';

/** The queue of one account's deliveries to one destination. Its row lock makes everything about the account serial. */
@Entity('delivery_lane')
@Index('delivery_lane_due', ['destination', 'priority', 'lastServedAt'], { where: 'next_attempt_at is not null' })
@Index('delivery_lane_next_attempt', ['destination', 'nextAttemptAt'], { where: 'next_attempt_at is not null' })
export class DeliveryLane {
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid' })
  userId: UserId;

  @PrimaryColumn({ type: 'text' })
  destination: string;

  /** When it wants to be served next; null while nothing in it can be sent. */
  @Column({ type: 'timestamptz', nullable: true })
  nextAttemptAt: Date | null;

  /** The account has scrobbled all it may for today. */
  @Column({ type: 'timestamptz', nullable: true })
  parkedUntil: Date | null;

  /** The most urgent source that waits in it; lower goes first. */
  @Column({ type: 'int' })
  priority: number;

  /** When it was last leased; 1970 when never, so that it comes before all others. */
  @Column({ type: 'timestamptz', default: () => `'1970-01-01 00:00:00+00'` })
  lastServedAt: Date;

  /** Which call has the lane; nobody else touches it until `leasedUntil`. */
  @Column({ type: 'uuid', nullable: true })
  leaseId: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  leasedUntil: Date | null;

  /** Passing failures in a row. */
  @Column({ type: 'int' })
  failures: number;

  /** How many go into one call: fewer than 50 while the culprit of a refused batch is looked for. */
  @Column({ type: 'int' })
  batchLimit: number;

  /** The Last.fm account, by its username in lower case, that the daily budget below is of. */
  @Column({ type: 'text', nullable: true })
  budgetAccount: string | null;

  /** The UTC day that `sentToday` counts. */
  @Column({ type: 'date', nullable: true })
  budgetDay: UtcDay | null;

  /** How many scrobbles of the account Last.fm has taken on that day. */
  @Column({ type: 'int', default: 0 })
  sentToday: number;

  /** How many it had taken when it refused more for that day. */
  @Column({ type: 'int', nullable: true })
  learnedCap: number | null;

  @Column({ type: 'date', nullable: true })
  learnedOn: UtcDay | null;
}
