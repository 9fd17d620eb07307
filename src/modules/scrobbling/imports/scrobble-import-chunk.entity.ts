import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

import type { ScrobbleImportId } from '../../../common/ids.js';

/** A megabyte of an uploaded history. In the database, so that whichever worker takes the job finds it. */
@Entity('scrobble_import_chunk')
export class ScrobbleImportChunk {
  @ForeignKey('ScrobbleImport', { onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid' })
  importId: ScrobbleImportId;

  @PrimaryColumn({ type: 'int' })
  number: number;

  @Column({ type: 'bytea' })
  bytes: Buffer;
}
