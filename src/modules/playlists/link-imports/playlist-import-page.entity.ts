import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

import type { PlaylistImportId } from '../../../common/ids.js';
import type { PlatformEntry } from '../../platforms/index.js';

/** What has been read of a playlist so far, so that neither a pause nor a killed worker begins anew. */
@Entity('playlist_import_page')
export class PlaylistImportPage {
  @ForeignKey('PlaylistImport', { onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid' })
  importId: PlaylistImportId;

  /** Where in the playlist it begins. */
  @PrimaryColumn({ type: 'int' })
  start: number;

  @Column({ type: 'jsonb' })
  entries: PlatformEntry[];
}
