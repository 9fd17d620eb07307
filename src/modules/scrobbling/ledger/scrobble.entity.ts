import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { ScrobbleId, ScrobbleImportId, ScrobbleRunId, UserId } from '../../../common/ids.js';
import type { Provenance, ScrobbleSource } from './play.js';

/**
 * An entry of the ledger: one play. Written once; only its person may correct its names, when it is sent again, and then a
 * ScrobbleResend keeps what they were. What becomes of it stands in its deliveries.
 */
@Entity('scrobble')
@Index('scrobble_history', ['userId', 'playedAt', 'id'])
@Index('scrobble_match', ['userId', 'matchKey', 'playedAt'])
@Index('scrobble_of_import', ['userId', 'importId'], { where: 'import_id is not null' })
@Index('scrobble_of_run', ['userId', 'runId'], { where: 'run_id is not null' })
@Index('one_run_scrobble_a_second', ['userId', 'playedAt', 'runId'], { unique: true, where: `source = 'run'` })
export class Scrobble {
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid' })
  userId: UserId;

  @PrimaryColumn({ type: 'uuid' })
  id: ScrobbleId;

  @Column({ type: 'text' })
  artist: string;

  @Column({ type: 'text' })
  title: string;

  @Column({ type: 'text', nullable: true })
  album: string | null;

  @Column({ type: 'text', nullable: true })
  albumArtist: string | null;

  @Column({ type: 'int', nullable: true })
  durationSeconds: number | null;

  @Column({ type: 'timestamptz' })
  playedAt: Date;

  @Column({ type: 'text' })
  source: ScrobbleSource;

  @Column({ type: 'text' })
  provenance: Provenance;

  @Column({ type: 'boolean' })
  chosenByUser: boolean;

  @Column({ type: 'text' })
  matchKey: string;

  @Column({ type: 'uuid', nullable: true })
  runId: ScrobbleRunId | null;

  @Column({ type: 'uuid', nullable: true })
  importId: ScrobbleImportId | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
