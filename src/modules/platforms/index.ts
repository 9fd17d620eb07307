export {
  type PlatformEntry,
  type PlatformPage,
  type PlatformPlaylist,
  PLATFORMS,
  type PlaylistReference,
} from './platform-playlist.js';
export { PlatformPlaylists } from './platform-playlists.service.js';
export { PlatformBusyError, PlatformPassingError } from './platforms.errors.js';
export { PlatformsModule } from './platforms.module.js';
