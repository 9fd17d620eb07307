import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { PlaybackId, ScrobbleId } from '../../../common/ids.js';
import type { DecisionReason } from './decision-reason.js';

/** What became of one listener of one playback, and why. Everyone who was ever there has one. */
@Entity('voice_decision')
@Index('voice_decision_of_person', ['discordUserId', 'playbackId'])
@Index('voice_decision_of_scrobble', ['scrobbleId'], { where: 'scrobble_id is not null' })
export class VoiceDecision {
  @ForeignKey('Playback', { onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid' })
  playbackId: PlaybackId;

  @PrimaryColumn({ type: 'text' })
  discordUserId: string;

  @Column({ type: 'text' })
  reason: DecisionReason;

  /** Null: it may still turn out otherwise. */
  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  /** Of `scrobbled`: what stands in the ledger. */
  @Column({ type: 'uuid', nullable: true })
  scrobbleId: ScrobbleId | null;
}
