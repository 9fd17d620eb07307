import type { PlaylistTrack } from '../playlist-track.js';
import type { ExportedPlaylist } from './exported-playlist.js';

/** What file names cannot hold somewhere, and what would make the line a comment. */
const NOT_IN_FILE_NAMES = /[\\/:*?"<>|]|^[#.]/g;

/**
 * UTF-8. `#EXTINF` says "Artist - Title", where either may hold a dash: `#EXTART` says which is the artist, and a second
 * one the album's artist. Every track has them, and `#EXTALB` where any has one: a single one would be meant for all.
 * The line that should be a file is what such a file is usually called; players look for it beside the list.
 */
export function* writeM3u8({ title, tracks }: ExportedPlaylist): Generator<string> {
  yield `#EXTM3U\n#EXTENC:UTF-8\n#PLAYLIST:${title}\n`;
  const hasAlbums = tracks.some(({ album }) => album !== null);
  for (const track of tracks) {
    yield `${[...linesOf(track, hasAlbums)].join('\n')}\n`;
  }
}

function* linesOf({ artist, title, album, albumArtist, durationSeconds }: PlaylistTrack, hasAlbums: boolean) {
  yield `#EXTART:${artist}`;
  if (albumArtist !== null) {
    yield `#EXTART:${albumArtist}`;
  }
  if (hasAlbums) {
    yield `#EXTALB:${album ?? ''}`;
  }
  const display = `${artist} - ${title}`;
  yield `#EXTINF:${durationSeconds ?? -1},${display}`;
  yield `${display.replace(NOT_IN_FILE_NAMES, '_')}.mp3`;
}
