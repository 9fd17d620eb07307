export type { PlaylistTrack } from './playlist-track.js';
export { PlaylistNotFoundError } from './playlists.errors.js';
export { PlaylistsModule } from './playlists.module.js';
export { PlaylistsService } from './playlists.service.js';
