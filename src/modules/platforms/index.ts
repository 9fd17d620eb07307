export {
  type PlatformEntry,
  type PlatformPage,
  type PlatformPlaylist,
  PLATFORMS,
  type PlaylistReference,
} from './platform-playlist.js';
export type { FoundSong } from './found-song.js';
export { PlatformPlaylists } from './platform-playlists.service.js';
export { PlatformSearch } from './platform-search.service.js';
export { PlatformBusyError, PlatformPassingError, SpotifyNotConnectedError } from './platforms.errors.js';
export { SpotifyAccounts } from './spotify/spotify-accounts.service.js';
export { type PlayedSong, SpotifyPlayer, type SpotifySong } from './spotify/spotify-player.service.js';
export { PlatformsModule } from './platforms.module.js';
