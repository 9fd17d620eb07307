import type { PlaylistTrack } from '../playlist-track.js';

/** What an export holds. */
export interface ExportedPlaylist {
  title: string;
  description: string | null;
  tracks: readonly PlaylistTrack[];
}
