import { ALBUM_ARTIST_RELATION } from '../album-artist-relation.js';
import type { PlaylistTrack } from '../playlist-track.js';
import type { ExportedPlaylist } from './exported-playlist.js';

/** https://xspf.org/jspf: lengths in milliseconds, the description as annotation. */
export function* writeJspf({ title, description, tracks }: ExportedPlaylist): Generator<string> {
  yield `{"playlist":{"title":${JSON.stringify(title)}`;
  if (description !== null) {
    yield `,"annotation":${JSON.stringify(description)}`;
  }
  yield ',"track":[';
  for (const [index, track] of tracks.entries()) {
    yield `${index === 0 ? '' : ','}\n${JSON.stringify(jspfTrack(track))}`;
  }
  yield '\n]}}\n';
}

function jspfTrack({ title, artist, album, albumArtist, durationSeconds }: PlaylistTrack): object {
  return {
    title,
    creator: artist,
    ...(album !== null && { album }),
    ...(durationSeconds !== null && { duration: durationSeconds * 1000 }),
    ...(albumArtist !== null && { meta: [{ [ALBUM_ARTIST_RELATION]: albumArtist }] }),
  };
}
