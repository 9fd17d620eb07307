import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Beside the sources, and beside what is built of them. */
const FOLDERS = ['../../samples/playlists', '../../../samples/playlists'];

export interface ArchivedTrack {
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string;
  readonly durationSeconds: number;
  readonly spotifyTrackId: string;
  readonly spotifyAlbumId: string;
  readonly spotifyArtistIds: readonly string[];
}

/** A real playlist; see the notice beside the files. */
export interface ArchivedPlaylist {
  /** The file's name without its ending: `lo-fi-beats`. */
  readonly slug: string;
  readonly spotifyId: string;
  readonly name: string;
  readonly description: string;
  readonly tracks: readonly ArchivedTrack[];
}

/** All of them, in the order of their names, which never changes. */
export function archivedPlaylists(): ArchivedPlaylist[] {
  const folder = FOLDERS.map((each) => fileURLToPath(new URL(each, import.meta.url))).find(existsSync);
  if (folder === undefined) {
    throw new Error('The sample playlists (samples/playlists) are missing: the sandbox has nothing to serve.');
  }
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => {
    const file = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as ArchivedPlaylist & { url: string };
    return {
      slug: path.basename(name, '.json'),
      spotifyId: path.basename(new URL(file.url).pathname),
      name: file.name,
      description: file.description,
      tracks: file.tracks,
    };
  });
}
