import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { PlaybackId } from '../../../common/ids.js';

/** An interval in which a person was there and heard a playback; written when it is over. */
@Entity('presence')
@Index('presence_of_person', ['discordUserId'])
export class Presence {
  @ForeignKey('Playback', { onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid' })
  playbackId: PlaybackId;

  @PrimaryColumn({ type: 'text' })
  discordUserId: string;

  @PrimaryColumn({ type: 'timestamptz' })
  joinedAt: Date;

  @Column({ type: 'timestamptz' })
  leftAt: Date;

  /** Less than the interval where the music paused. */
  @Column({ type: 'int' })
  heardSeconds: number;
}
