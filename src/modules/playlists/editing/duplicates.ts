import { matchKey } from '../match-key.js';
import type { PlaylistTrack } from '../playlist-track.js';

/** Entries of a playlist that are the same track: what would be one scrobble if they were played at once. */
export interface DuplicateGroup {
  /** As the first of them is written. */
  artist: string;
  title: string;
  /** In the playlist, from 0, rising; two at least. */
  positions: number[];
}

/** In the order in which the groups begin. */
export function duplicateGroups(tracks: readonly PlaylistTrack[]): DuplicateGroup[] {
  const groups = new Map<string, DuplicateGroup>();
  tracks.forEach(({ artist, title }, position) => {
    const key = matchKey(artist, title);
    const group = groups.get(key);
    if (group) {
      group.positions.push(position);
    } else {
      groups.set(key, { artist, title, positions: [position] });
    }
  });
  return [...groups.values()].filter(({ positions }) => positions.length > 1);
}
