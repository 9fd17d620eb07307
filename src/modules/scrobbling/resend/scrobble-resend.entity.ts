import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { ScrobbleId, ScrobbleResendId, UserId } from '../../../common/ids.js';
import type { DeliveryState } from '../delivery/delivery-state.js';

/** What a person can correct of a scrobble. */
export interface ScrobbleNames {
  artist: string;
  title: string;
  album: string | null;
  albumArtist: string | null;
  durationSeconds: number | null;
}

/** The trace of a scrobble that was sent again: how it had ended, and its names before they were corrected. */
@Entity('scrobble_resend')
@ForeignKey('Scrobble', ['userId', 'scrobbleId'], ['userId', 'id'], { onDelete: 'CASCADE' })
@Index('scrobble_resend_of_scrobble', ['userId', 'scrobbleId', 'resentAt'])
export class ScrobbleResend {
  @PrimaryColumn({ type: 'uuid' })
  id: ScrobbleResendId;

  @Column({ type: 'uuid' })
  userId: UserId;

  @Column({ type: 'uuid' })
  scrobbleId: ScrobbleId;

  @Column({ type: 'text' })
  previousState: DeliveryState;

  @Column({ type: 'text', nullable: true })
  previousReason: string | null;

  @Column({ type: 'int', nullable: true })
  verdictCode: number | null;

  @Column({ type: 'text', nullable: true })
  verdictMessage: string | null;

  /** Null when nothing was corrected. */
  @Column({ type: 'jsonb', nullable: true })
  namesBefore: ScrobbleNames | null;

  @Column({ type: 'timestamptz' })
  resentAt: Date;
}
