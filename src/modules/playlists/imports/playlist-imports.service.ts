import { Injectable } from '@nestjs/common';

import type { UserId } from '../../../common/ids.js';
import { MAX_DESCRIPTION_LENGTH, MAX_TITLE_LENGTH, type Playlist, type PlaylistSource } from '../playlist.entity.js';
import { PlaylistsService } from '../playlists.service.js';
import { baseNameOf, titleOf } from '../readers/file-name.js';
import { readPastedLines, readPlaylistFile } from '../readers/read-playlist-file.js';
import type { Reading } from '../readers/reading.js';
import { cutTo } from '../storable-text.js';

const FALLBACK_TITLE = 'Imported playlist';
const MAX_FILE_NAME_LENGTH = 255;

/** `read` is the sum of `imported` and `skippedTotal`; `skipped` holds the first 200 of these. */
export type ImportReport = Pick<Reading, 'read' | 'skipped' | 'skippedTotal'> & { imported: number };

export interface FinishedImport {
  playlist: Playlist;
  report: ImportReport;
}

/** Playlists out of files and pasted text. All or nothing is written; rows that were not understood are reported. */
@Injectable()
export class PlaylistImportsService {
  constructor(private readonly playlists: PlaylistsService) {}

  /**
   * @param file `fileName` gives a title and, where the content does not tell, the format; it is never opened
   * @param title undefined takes the one in the file, or else the file's name
   * @throws FileEmptyError, FileNotTextError, FileFormatUnknownError, NoTracksFoundError, PlaylistTooLongError
   */
  async importFile(
    userId: UserId,
    file: { bytes: Uint8Array; fileName: string },
    title: string | undefined,
  ): Promise<FinishedImport> {
    const reading = readPlaylistFile(file.bytes, file.fileName);
    const fileName = cutTo(MAX_FILE_NAME_LENGTH, baseNameOf(file.fileName));
    const source: PlaylistSource = { kind: 'file', ...(fileName && { fileName }) };
    return this.keep(userId, reading, title ?? reading.title ?? titleOf(file.fileName), source);
  }

  /**
   * @param text one `Artist - Title` a line
   * @throws NoTracksFoundError, PlaylistTooLongError
   */
  async importText(userId: UserId, text: string, title: string | undefined): Promise<FinishedImport> {
    return this.keep(userId, readPastedLines(text), title ?? '', { kind: 'custom' });
  }

  private async keep(
    userId: UserId,
    { description, tracks, read, skipped, skippedTotal }: Reading,
    title: string,
    source: PlaylistSource,
  ): Promise<FinishedImport> {
    const draft = {
      title: cutTo(MAX_TITLE_LENGTH, title) || FALLBACK_TITLE,
      description: cutTo(MAX_DESCRIPTION_LENGTH, description ?? '') || null,
      visibility: 'private' as const,
      category: null,
      tracks,
    };
    const playlist = await this.playlists.create(userId, draft, source);
    return { playlist, report: { read, imported: tracks.length, skipped, skippedTotal } };
  }
}
