import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { DataExportId, UserId } from '../../../common/ids.js';

export const DATA_EXPORT_STATES = ['preparing', 'ready', 'failed'] as const;
export type DataExportState = (typeof DATA_EXPORT_STATES)[number];

/** Stated in docs/operations.md. */
export const KEPT_MS = 24 * 60 * 60_000;

/** Everything about a user as one file; the file itself lies in chunks. A user has one at a time. */
@Entity('data_export')
@Index('one_data_export_per_user', ['userId'], { unique: true })
@Index('data_export_expiry', ['expiresAt'])
export class DataExport {
  @PrimaryColumn({ type: 'uuid' })
  id: DataExportId;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  userId: UserId;

  @Column({ type: 'text' })
  state: DataExportState;

  /** Who writes it, or wrote it. A worker that was taken for dead is another one, and writes no more. */
  @Column({ type: 'uuid', nullable: true })
  attempt: string | null;

  @Column({ type: 'int' })
  attempts: number;

  /** Rows written so far; each table counts twice, for its two files. */
  @Column({ type: 'int' })
  doneRows: number;

  /** Null until a worker has begun. */
  @Column({ type: 'int', nullable: true })
  totalRows: number | null;

  @Column({ type: 'bigint', nullable: true })
  sizeBytes: string | null;

  @Column({ type: 'timestamptz' })
  requestedAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  readyAt: Date | null;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;
}
