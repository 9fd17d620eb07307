import { type JsonEntry, jspfEntryOf, spotifyItemOf, trackEntryOf } from './json-track.js';
import { asObject, asText, type JsonObject } from './json-values.js';
import { FileFormatUnknownError } from './reading.errors.js';
import type { Reading } from './reading.js';
import { joined, type TextPieces } from './text-pieces.js';
import { TrackCollector } from './track-collector.js';

/** How a JSON list or object begins; `[Intro] - Song` does not. */
const BEGINNING = /^\s*(\[\s*[[{\]"\d]|\{\s*["}])/;
/** More than anyone has, and few enough to write down in one go. */
const MAX_PLAYLISTS = 1_000;

const NEEDED =
  'A playlist as JSON is an object with "tracks", or a list of tracks; each track needs at least "artist" and "title". ' +
  'JSPF and the Playlist1.json of a Spotify account are read too.';

interface PlaylistPart {
  title: string;
  description: string;
  entries: unknown[];
  read: (entry: unknown) => JsonEntry;
}

export function looksLikeJson(head: string): boolean {
  return BEGINNING.test(head);
}

/**
 * Our own export (`{title, description, tracks: [{artist, title, …}]}`), a bare list of tracks, the archive form
 * (`{name, url, description, tracks: [{title, artists: […], …}]}`), JSPF (`{playlist: {title, track: […]}}`), what a
 * Spotify account hands out (`{playlists: [{name, items: […]}]}`: several at once), and what other programs call the
 * same things. Of several artists, the first is kept. Read as a whole: JSON may name its tracks before or after
 * everything else.
 *
 * @throws FileFormatUnknownError, PlaylistTooLongError
 */
export async function readJson(pieces: TextPieces): Promise<Reading[]> {
  const content = parse(await joined(pieces));
  const parts = partsOf(content);
  if (!parts) {
    throw new FileFormatUnknownError(NEEDED);
  }
  if (parts.length > MAX_PLAYLISTS) {
    throw new FileFormatUnknownError(`This file holds more than ${MAX_PLAYLISTS.toLocaleString('en')} playlists.`);
  }
  return parts.map(readPart);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FileFormatUnknownError('This is not well-formed JSON.');
  }
}

/** Null when this is no playlist in any form that we know. */
function partsOf(content: unknown): PlaylistPart[] | null {
  if (Array.isArray(content)) {
    return [{ title: '', description: '', entries: content, read: trackEntryOf }];
  }
  const { playlists } = asObject(content);
  if (Array.isArray(playlists)) {
    const parts = playlists.map((each) => partOf(asObject(each)));
    return parts.every((part) => part !== null) ? parts : null;
  }
  const part = partOf(asObject(content));
  return part && [part];
}

function partOf(fields: JsonObject): PlaylistPart | null {
  const { track: jspfTracks, title: jspfTitle, annotation } = asObject(fields['playlist']);
  if (Array.isArray(jspfTracks)) {
    return { title: asText(jspfTitle), description: asText(annotation), entries: jspfTracks, read: jspfEntryOf };
  }
  const named = {
    title: asText(fields['title']) || asText(fields['name']),
    description: asText(fields['description']),
  };
  const { tracks, items } = fields;
  if (Array.isArray(tracks)) {
    return { ...named, entries: tracks, read: trackEntryOf };
  }
  return Array.isArray(items) ? { ...named, entries: items, read: spotifyItemOf } : null;
}

function readPart({ title, description, entries, read }: PlaylistPart): Reading {
  const collector = new TrackCollector();
  entries.forEach((each, index) => {
    const entry = read(each);
    if ('reason' in entry) {
      collector.skip(index + 1, entry.reason, entry.text);
    } else {
      collector.add(index + 1, entry.raw, entry.text);
    }
  });
  return collector.finish({ title, description });
}
