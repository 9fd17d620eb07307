import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { PlaybackId } from '../../../common/ids.js';
import type { EndReason, FactKind } from '../threshold/playback-fact.js';

/** Something that a player saw in one playback. Whatever is decided follows from these alone. */
@Entity('playback_event')
@Index('one_playback_event_per_id', ['playbackId', 'eventId'], { unique: true })
export class PlaybackEvent {
  /** In the order in which they came in. */
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @ForeignKey('Playback', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  playbackId: PlaybackId;

  /** Its player's name for it: told twice, it counts once. */
  @Column({ type: 'text' })
  eventId: string;

  @Column({ type: 'text' })
  kind: FactKind;

  @Column({ type: 'timestamptz' })
  at: Date;

  /** Of `returned`: until when the music was seen to play. */
  @Column({ type: 'timestamptz', nullable: true })
  since: Date | null;

  /** Of `seeked`: where to. */
  @Column({ type: 'int', nullable: true })
  positionSeconds: number | null;

  @Column({ type: 'text', nullable: true })
  endedBecause: EndReason | null;

  /** Whom it is about: Discord ids. */
  @Column({ type: 'text', array: true })
  listeners: string[];

  /** The same, of those who hear nothing. */
  @Column({ type: 'text', array: true })
  deafened: string[];
}
