import type { ExportedPlaylist } from './exported-playlist.js';

/** As our API shows a playlist: what was exported can be sent to `POST /playlists`. */
export function* writeJson({ title, description, tracks }: ExportedPlaylist): Generator<string> {
  yield `{"title":${JSON.stringify(title)},"description":${JSON.stringify(description)},"tracks":[`;
  for (const [index, { artist, title: name, album, albumArtist, durationSeconds }] of tracks.entries()) {
    const track = { artist, title: name, album, albumArtist, durationSeconds };
    yield `${index === 0 ? '' : ','}\n${JSON.stringify(track)}`;
  }
  yield '\n]}\n';
}
