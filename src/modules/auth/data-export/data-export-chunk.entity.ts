import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

import type { DataExportId } from '../../../common/ids.js';

/** A piece of the file. Those of an attempt that came to nothing are read by nobody, and go with the export. */
@Entity('data_export_chunk')
export class DataExportChunk {
  @ForeignKey('DataExport', { onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid' })
  exportId: DataExportId;

  @PrimaryColumn({ type: 'uuid' })
  attempt: string;

  @PrimaryColumn({ type: 'int' })
  position: number;

  @Column({ type: 'bytea' })
  content: Buffer;
}
