import { plausibleSeconds, readSeconds } from './duration.js';
import { FileFormatUnknownError } from './reading.errors.js';
import type { Reading } from './reading.js';
import { type RawTrack, TrackCollector } from './track-collector.js';

type JsonObject = Record<string, unknown>;

/** How a JSON list or object begins; `[Intro] - Song` does not. */
const BEGINNING = /^\s*(\[\s*[[{\]"\d]|\{\s*["}])/;

const NEEDED =
  'A playlist as JSON is an object with "tracks", or a list of tracks; each track needs at least "artist" and "title".';

export function looksLikeJson(text: string): boolean {
  return BEGINNING.test(text);
}

/**
 * Our own export (`{title, description, tracks: [{artist, title, …}]}`), a bare list of tracks, the archive form
 * (`{name, url, description, tracks: [{title, artists: […], …}]}`), and what other programs call the same things. Of
 * several artists, the first is kept.
 *
 * @throws FileFormatUnknownError, PlaylistTooLongError
 */
export function readJson(text: string): Reading {
  const content = parse(text);
  const tracks = trackListOf(content);
  if (!tracks) {
    throw new FileFormatUnknownError(NEEDED);
  }
  const collector = new TrackCollector();
  tracks.forEach((entry, index) => {
    readEntry(entry, index + 1, collector);
  });
  const { title, name, description } = asObject(content);
  return collector.finish({ title: asText(title) || asText(name), description: asText(description) });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FileFormatUnknownError('This is not well-formed JSON.');
  }
}

function trackListOf(content: unknown): unknown[] | null {
  const list = Array.isArray(content) ? content : (asObject(content)['tracks'] ?? asObject(content)['items']);
  return Array.isArray(list) ? list : null;
}

function readEntry(entry: unknown, row: number, collector: TrackCollector): void {
  const fields = asObject(entry);
  // Spotify's own API wraps each track of a playlist.
  const wrapped = fields['track'];
  const raw = trackOf(isObject(wrapped) ? wrapped : fields);
  collector.add(row, raw, isObject(entry) ? `${raw.artist || '?'} - ${raw.title || '?'}` : asText(entry));
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

function firstText(fields: JsonObject, keys: readonly string[]): string {
  return keys.map((key) => asText(fields[key])).find((text) => text !== '') ?? '';
}

/** A string or a number (`1979` is a title) as text; anything else is empty. Never walks into what it is given. */
function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
