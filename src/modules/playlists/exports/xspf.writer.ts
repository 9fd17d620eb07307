import { ALBUM_ARTIST_RELATION } from '../album-artist-relation.js';
import type { PlaylistTrack } from '../playlist-track.js';
import type { ExportedPlaylist } from './exported-playlist.js';

/** What XML 1.0 cannot hold in any spelling. A name made of nothing else still has to be a name. */
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/gu;
const REPLACEMENT = '\ufffd';
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** https://xspf.org/spec: lengths in milliseconds, the description as annotation. */
export function* writeXspf({ title, description, tracks }: ExportedPlaylist): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<playlist version="1" xmlns="http://xspf.org/ns/0/">\n';
  yield element('title', title);
  yield element('annotation', description);
  yield '<trackList>\n';
  for (const track of tracks) {
    yield trackElement(track);
  }
  yield '</trackList>\n</playlist>\n';
}

function trackElement({ title, artist, album, albumArtist, durationSeconds }: PlaylistTrack): string {
  const content = [
    element('title', title),
    element('creator', artist),
    element('album', album),
    element('duration', durationSeconds === null ? null : String(durationSeconds * 1000)),
    element('meta', albumArtist, ` rel="${ALBUM_ARTIST_RELATION}"`),
  ];
  return `<track>\n${content.join('')}</track>\n`;
}

function element(name: string, text: string | null, attributes = ''): string {
  return text === null ? '' : `<${name}${attributes}>${escaped(text)}</${name}>\n`;
}

export function xmlSafe(text: string): string {
  return text.replace(NOT_IN_XML, REPLACEMENT);
}

function escaped(text: string): string {
  return xmlSafe(text).replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
