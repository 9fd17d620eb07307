import { Injectable } from '@nestjs/common';

import type { UserId } from '../../../common/ids.js';
import type { Playlist, PlaylistSource } from '../playlist.entity.js';
import { PlaylistsService } from '../playlists.service.js';
import { baseNameOf, titleOf } from '../readers/file-name.js';
import { readPastedText, readPlaylistFile } from '../readers/read-playlist-file.js';
import type { Reading } from '../readers/reading.js';
import { cutTo } from '../storable-text.js';
import { draftOf, FALLBACK_TITLE } from './draft-of.js';
import { type ImportReport, reportOf } from './import-report.js';

const MAX_FILE_NAME_LENGTH = 255;

interface ImportedPlaylist {
  playlist: Playlist;
  report: ImportReport;
}

export interface FinishedImport extends ImportedPlaylist {
  /** The further playlists of a file that holds several. */
  others: ImportedPlaylist[];
  /** Playlists in the file without a single track that could be read. */
  leftOut: { title: string; report: ImportReport }[];
}

/** Playlists out of files and pasted text. All or nothing is written; rows that were not understood are reported. */
@Injectable()
export class PlaylistImportsService {
  constructor(private readonly playlists: PlaylistsService) {}

  /**
   * @param file `fileName` gives a title and, where the content does not tell, the format; it is never opened
   * @param title of the playlist, where the file holds one; undefined takes the one in the file, or else the file's name
   * @throws whatever `readPlaylistFile` throws
   */
  async importFile(
    userId: UserId,
    file: { bytes: Uint8Array; fileName: string },
    title: string | undefined,
  ): Promise<FinishedImport> {
    const readings = await readPlaylistFile(file.bytes, file.fileName);
    const fileName = cutTo(MAX_FILE_NAME_LENGTH, baseNameOf(file.fileName));
    const source: PlaylistSource = { kind: 'file', ...(fileName && { fileName }) };
    return this.keep(userId, readings, { given: title, fallback: titleOf(file.fileName) }, source);
  }

  /**
   * @param text one `Artist - Title` a line, or the content of a file
   * @throws whatever `readPlaylistFile` throws
   */
  async importText(userId: UserId, text: string, title: string | undefined): Promise<FinishedImport> {
    const readings = await readPastedText(text);
    return this.keep(userId, readings, { given: title, fallback: '' }, { kind: 'custom' });
  }

  private async keep(
    userId: UserId,
    readings: Reading[],
    title: { given: string | undefined; fallback: string },
    source: PlaylistSource,
  ): Promise<FinishedImport> {
    const given = readings.length === 1 ? title.given : undefined;
    const full = readings.filter(({ tracks }) => tracks.length > 0);
    const drafts = full.map((reading) => draftOf(reading, given ?? reading.title ?? title.fallback));
    const playlists = await this.playlists.createAll(userId, drafts, source);
    const [first, ...others] = full.flatMap((reading, index) =>
      playlists.slice(index, index + 1).map((playlist) => ({ playlist, report: reportOf(reading) })),
    );
    if (!first) {
      throw new Error('A reading without any track came through.');
    }
    return {
      ...first,
      others,
      leftOut: readings
        .filter(({ tracks }) => tracks.length === 0)
        .map((reading) => ({ title: reading.title ?? FALLBACK_TITLE, report: reportOf(reading) })),
    };
  }
}
