import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

import { SealedColumn } from '../../../common/crypto/sealed-column.js';
import type { UserId } from '../../../common/ids.js';

export const SEALED_SECOND_FACTOR = new SealedColumn({
  table: 'second_factor',
  column: 'secret',
  id: 'user_id',
  context: 'second-factor',
});

/** So many wrong codes in a row are mistyped; more are guesses. */
const ATTEMPTS_BEFORE_BLOCK = 5;
const FIRST_BLOCK_MINUTES = 15;
const LONGEST_BLOCK_MINUTES = 24 * 60;

/**
 * The second factor of a user: what their authenticator app and we both know. It counts once `confirmedAt` says that the
 * app has shown a right code. Read and changed under its row lock.
 */
@Entity('second_factor')
export class SecondFactor {
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid' })
  userId: UserId;

  /** Sealed. */
  @Column({ type: 'text' })
  secret: string;

  @Column({ type: 'timestamptz', nullable: true })
  confirmedAt: Date | null;

  /** The time step of the last code that was right: it and those before it are spent. */
  @Column({ type: 'integer' })
  lastStep: number;

  /** Wrong codes since the last right one, whoever typed them. */
  @Column({ type: 'integer' })
  failedAttempts: number;

  @Column({ type: 'timestamptz', nullable: true })
  blockedUntil: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  isBlocked(now: Date): boolean {
    return this.blockedUntil !== null && this.blockedUntil > now;
  }

  /** Whether a code of that step has not been used before; it is now. */
  spend(step: number): boolean {
    if (step <= this.lastStep) {
      return false;
    }
    this.lastStep = step;
    this.forgive();
    return true;
  }

  forgive(): void {
    this.failedAttempts = 0;
    this.blockedUntil = null;
  }

  /**
   * After every fifth wrong code in a row none is looked at for a while, each time twice as long, a day at most: a code has
   * only six digits, and whoever guesses has the password already.
   * @returns whether that begins now
   */
  refuse(now: Date): boolean {
    this.failedAttempts += 1;
    if (this.failedAttempts % ATTEMPTS_BEFORE_BLOCK !== 0) {
      return false;
    }
    const doublings = this.failedAttempts / ATTEMPTS_BEFORE_BLOCK - 1;
    const minutes = Math.min(FIRST_BLOCK_MINUTES * 2 ** doublings, LONGEST_BLOCK_MINUTES);
    this.blockedUntil = new Date(now.getTime() + minutes * 60_000);
    return true;
  }
}
