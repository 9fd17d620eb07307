import { ALBUM_ARTIST_RELATION } from '../album-artist-relation.js';
import { splitIfNoArtist } from './artist-and-title.js';
import { plausibleSeconds, readSeconds } from './duration.js';
import { asList, asObject, asText, firstText, isObject, type JsonObject } from './json-values.js';
import type { RawTrack } from './track-collector.js';

/** `spotify:local:Artist:Album:Title:239`: a file on the user's own disk. */
const LOCAL_FILE = /^spotify:local:([^:]*):([^:]*):([^:]*):(\d*)$/;

/** One entry of a list of tracks: a track, or why it is none. */
export type JsonEntry = { raw: RawTrack; text: string } | { reason: string; text: string };

/** A track of our own export, of the archive form, of Spotify's own API, and what other programs call the same. */
export function trackEntryOf(entry: unknown): JsonEntry {
  const fields = asObject(entry);
  // Spotify's own API wraps each track of a playlist.
  const wrapped = fields['track'];
  const raw = trackOf(isObject(wrapped) ? wrapped : fields);
  return { raw, text: isObject(entry) ? textOf(raw) : asText(entry) };
}

/** `{title, creator, album, duration (ms)}` */
export function jspfEntryOf(entry: unknown): JsonEntry {
  const fields = asObject(entry);
  const meta = asList(fields['meta']).map(asObject);
  const raw = splitIfNoArtist({
    artist: asText(fields['creator']),
    title: asText(fields['title']),
    album: asText(fields['album']),
    albumArtist: meta.map((each) => asText(each[ALBUM_ARTIST_RELATION])).find((name) => name !== '') ?? '',
    durationSeconds: plausibleSeconds(Number(asText(fields['duration'])) / 1000),
  });
  return { raw, text: isObject(entry) ? textOf(raw) : asText(entry) };
}

/** An item of a playlist in Spotify's account data: a song, a file of the user's own, or no music at all. */
export function spotifyItemOf(entry: unknown): JsonEntry {
  const { track, localTrack, episode, audiobook } = asObject(entry);
  if (track !== null) {
    return trackEntryOf(entry);
  }
  const local = localFileOf(asText(asObject(localTrack)['uri']));
  if (local) {
    return { raw: local, text: textOf(local) };
  }
  const isSpoken = isObject(episode) || isObject(audiobook);
  return {
    reason: isSpoken ? 'This is a podcast or an audiobook, not a song.' : 'There is no song in this entry.',
    text: firstText(asObject(episode ?? audiobook), ['episodeName', 'audiobookName', 'name', 'title']),
  };
}

function localFileOf(uri: string): RawTrack | null {
  const [, artist, album, title, seconds] = LOCAL_FILE.exec(uri) ?? [];
  if (artist === undefined || title === undefined) {
    return null;
  }
  return {
    artist: unescaped(artist),
    title: unescaped(title),
    album: unescaped(album ?? ''),
    durationSeconds: readSeconds(seconds ?? ''),
  };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text; // A stray percent sign: it is what it is.
  }
}

function trackOf(fields: JsonObject): RawTrack {
  return {
    artist: artistOf(fields),
    title: firstText(fields, ['title', 'track', 'name', 'trackName']),
    album: nameOf(fields['album']) || asText(fields['albumName']),
    albumArtist: nameOf(fields['albumArtist']),
    durationSeconds: durationOf(fields),
  };
}

/** `artist` is one name; of a list of `artists`, the first counts; a string of them is never taken apart. */
function artistOf(fields: JsonObject): string {
  const { artist, artists, artistName } = fields;
  return nameOf(artist) || nameOf(Array.isArray(artists) ? artists[0] : artists) || asText(artistName);
}

function durationOf(fields: JsonObject): number | null {
  const { durationMs = fields['duration_ms'], durationSeconds = fields['duration'] } = fields;
  if (typeof durationMs === 'number') {
    return plausibleSeconds(durationMs / 1000);
  }
  return readSeconds(asText(durationSeconds));
}

/** A name, or an object that has one. */
function nameOf(value: unknown): string {
  return asText(value) || firstText(asObject(value), ['name', 'title']);
}

function textOf({ artist, title }: RawTrack): string {
  return `${artist || '?'} - ${title || '?'}`;
}
