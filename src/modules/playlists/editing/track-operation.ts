import type { PlaylistTrack } from '../playlist-track.js';
import { duplicateGroups } from './duplicates.js';
import { TrackPositionError } from './editing.errors.js';

/** Positions count from 0, in the list as the operations before it leave it. */
export type TrackOperation =
  /** Before the track that is at the position now; undefined is at the end. */
  | { op: 'add'; tracks: readonly PlaylistTrack[]; position?: number | undefined }
  | { op: 'remove'; positions: readonly number[] }
  /** They keep their order among themselves; the first of them comes to lie at `to`. */
  | { op: 'move'; positions: readonly number[]; to: number }
  | { op: 'replace'; position: number; track: PlaylistTrack }
  /** Of each track the first one stays. */
  | { op: 'remove_duplicates' };

/** How many tracks came and went by one operation; one that is replaced is both. */
export interface OperationResult {
  added: number;
  removed: number;
}

/**
 * @returns a new list, whatever its length
 * @throws TrackPositionError
 */
export function applyOperations(
  tracks: readonly PlaylistTrack[],
  operations: readonly TrackOperation[],
): { tracks: PlaylistTrack[]; results: OperationResult[] } {
  let current = [...tracks];
  const results = operations.map((operation, index) => {
    const lengthBefore = current.length;
    current = apply(current, operation, index);
    return resultOf(operation, current.length - lengthBefore);
  });
  return { tracks: current, results };
}

function apply(tracks: PlaylistTrack[], operation: TrackOperation, index: number): PlaylistTrack[] {
  const refuseUnlessWithin = (position: number, end: number, field: string) => {
    if (position >= end) {
      throw new TrackPositionError(position, tracks.length, `operations.${index}.${field}`);
    }
  };
  switch (operation.op) {
    case 'add': {
      const { position = tracks.length } = operation;
      refuseUnlessWithin(position, tracks.length + 1, 'position');
      return inserted(tracks, position, operation.tracks);
    }
    case 'replace':
      refuseUnlessWithin(operation.position, tracks.length, 'position');
      return tracks.with(operation.position, operation.track);
    case 'remove':
    case 'move': {
      operation.positions.forEach((position, place) => {
        refuseUnlessWithin(position, tracks.length, `positions.${place}`);
      });
      const { chosen, others } = parted(tracks, operation.positions);
      if (operation.op === 'remove') {
        return others;
      }
      refuseUnlessWithin(operation.to, others.length + 1, 'to');
      return inserted(others, operation.to, chosen);
    }
    case 'remove_duplicates':
      return parted(
        tracks,
        duplicateGroups(tracks).flatMap(({ positions }) => positions.slice(1)),
      ).others;
  }
}

/** Not by `splice(…, ...added)`: ten thousand arguments are near what the stack holds. */
function inserted(
  tracks: readonly PlaylistTrack[],
  position: number,
  added: readonly PlaylistTrack[],
): PlaylistTrack[] {
  return [...tracks.slice(0, position), ...added, ...tracks.slice(position)];
}

function parted(tracks: readonly PlaylistTrack[], positions: readonly number[]) {
  const wanted = new Set(positions);
  return {
    chosen: tracks.filter((_, position) => wanted.has(position)),
    others: tracks.filter((_, position) => !wanted.has(position)),
  };
}

function resultOf(operation: TrackOperation, difference: number): OperationResult {
  return operation.op === 'replace'
    ? { added: 1, removed: 1 }
    : { added: Math.max(0, difference), removed: Math.max(0, -difference) };
}
