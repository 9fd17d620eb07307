export { MAX_DURATION_SECONDS, MAX_NAME_LENGTH, type PlaylistTrack } from './playlist-track.js';
export { receiveFile } from './imports/receive-file.js';
export { matchKey } from './match-key.js';
export { PlaylistNotFoundError } from './playlists.errors.js';
export { PlaylistsModule } from './playlists.module.js';
export { PlaylistsService } from './playlists.service.js';
export { cutTo, toStorableLine } from './storable-text.js';
