import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { VersionCondition } from '../../../common/http/if-match.js';
import type { PlaylistId, UserId } from '../../../common/ids.js';
import type { Playlist } from '../playlist.entity.js';
import { PlaylistsService } from '../playlists.service.js';
import type { Reading } from '../readers/reading.js';
import { readTextLines } from '../readers/text.reader.js';
import { slicesOf, unhurried } from '../readers/text-pieces.js';
import { type DuplicateGroup, duplicateGroups } from './duplicates.js';
import { applyOperations, type OperationResult, type TrackOperation } from './track-operation.js';

/** One `Artist - Title` a line, added before the track that is at the position; undefined is at the end. */
interface PasteOperation {
  op: 'paste';
  text: string;
  position?: number | undefined;
}

export type EditOperation = TrackOperation | PasteOperation;

/** What became of one operation; of a pasted text with its rows. */
interface EditResult extends OperationResult {
  reading: Reading | null;
}

export interface EditedPlaylist {
  playlist: Playlist;
  /** In the order of the operations. */
  results: EditResult[];
}

/** Changes of a playlist's tracks, as a person makes them: a few at a time, on the version that they see. */
@Injectable()
export class PlaylistEditingService {
  constructor(
    private readonly playlists: PlaylistsService,
    private readonly clock: Clock,
  ) {}

  /**
   * All of the operations or none, in one version. Where they change nothing there is no new one.
   *
   * @throws TrackPositionError, PlaylistTooLongError, PlaylistNotFoundError, PlaylistChangedError
   */
  async edit(
    userId: UserId,
    playlistId: PlaylistId,
    operations: readonly EditOperation[],
    expected: VersionCondition,
  ): Promise<EditedPlaylist> {
    const { readings, trackOperations } = await readPasted(operations);
    let results: OperationResult[] = [];
    const playlist = await this.playlists.changeLocked(userId, playlistId, expected, (locked) => {
      const edited = applyOperations(locked.tracks, trackOperations);
      results = edited.results;
      if (!isSameList(edited.tracks, locked.tracks)) {
        locked.change({ tracks: edited.tracks }, this.clock.now());
      }
    });
    return { playlist, results: results.map((result, index) => ({ ...result, reading: readings[index] ?? null })) };
  }

  /**
   * @returns the groups, and the version whose positions they name
   * @throws PlaylistNotFoundError, also for someone else's
   */
  async findDuplicates(userId: UserId, playlistId: PlaylistId): Promise<{ version: number; groups: DuplicateGroup[] }> {
    const { version, tracks } = await this.playlists.requireOwned(userId, playlistId);
    return { version, groups: duplicateGroups(tracks) };
  }
}

/** Pasted text becomes tracks to add: read before the row is locked, since reading lets others be answered meanwhile. */
async function readPasted(
  operations: readonly EditOperation[],
): Promise<{ readings: Array<Reading | null>; trackOperations: TrackOperation[] }> {
  const readings: Array<Reading | null> = [];
  const trackOperations: TrackOperation[] = [];
  for (const operation of operations) {
    if (operation.op === 'paste') {
      const reading = await readTextLines(unhurried(slicesOf(operation.text)));
      readings.push(reading);
      trackOperations.push({ op: 'add', tracks: reading.tracks, position: operation.position });
    } else {
      readings.push(null);
      trackOperations.push(operation);
    }
  }
  return { readings, trackOperations };
}

function isSameList<Item>(one: readonly Item[], other: readonly Item[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
