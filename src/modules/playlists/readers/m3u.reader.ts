import { type ArtistAndTitle, artistAndTitleOf } from './artist-and-title.js';
import { readSeconds } from './duration.js';
import { baseNameOf } from './file-name.js';
import { FileIsStreamError } from './reading.errors.js';
import type { Reading } from './reading.js';
import { linesOf, type TextPieces } from './text-pieces.js';
import { TrackCollector } from './track-collector.js';

/** `#EXTINF:239 tvg-id="x",Artist - Title`: seconds, attributes, then what a player shows. */
const EXTINF = /^#EXTINF:\s*(-?[\d.]*)[^",]*(?:"[^"]*"[^",]*)*,(.*)$/is;
const DIRECTIVE = /^#(EXTALB|EXTART|PLAYLIST):(.*)$/is;
const EXTENSION = /\.[A-Za-z0-9]{2,5}$/;
/** `07 - `, `1-07. `, `07 `: track numbers that begin file names. `50 Cent` is none. */
const TRACK_NUMBER = /^(?:\d{1,3}(?:-\d{1,3})?\s*[.)_-]\s+|0\d\s+)/;
const SEPARATORS = [' - ', ' – ', ' — '];

interface Entry {
  row: number;
  text: string;
  /** What a player shows; null without an `#EXTINF`. */
  display: string | null;
  location: string;
  durationSeconds: number | null;
  album: string | undefined;
  /** Undefined without any `#EXTART`. */
  artists: string[] | undefined;
}

interface TrackNames extends ArtistAndTitle {
  albumArtist: string;
}

/** `.m3u` and `.m3u8`, by what they begin with. */
export function looksLikeM3u(head: string): boolean {
  return /^\s*#EXT(M3U|INF:|-X-)/i.test(head);
}

/**
 * M3U has no specification. A track is a line that is no directive: a file or an address. Before it, `#EXTINF` gives
 * its length and `Artist - Title`, taken apart at the first dash unless `#EXTART` names an artist that it begins with;
 * any other `#EXTART` is the album's artist, and `#EXTALB` the album. One `#EXTALB` or `#EXTART` in the whole file,
 * before the first track, is meant for all of them. Without `#EXTINF` a file name that holds both names is believed,
 * and nothing else.
 *
 * @throws FileIsStreamError for the pieces of a stream (HLS), PlaylistTooLongError
 */
export async function readM3u(pieces: TextPieces): Promise<Reading> {
  const reader = new M3uReader();
  for await (const line of linesOf(pieces)) {
    reader.readLine(line.trim());
  }
  return reader.finish();
}

class M3uReader {
  /** Kept until the end, which tells whether what stands before the first is meant for all. */
  private readonly entries: Entry[] = [];
  private next: Partial<Entry> = {};
  private title = '';
  private row = 0;

  readLine(line: string): void {
    this.row += 1;
    if (/^#EXT-X-/i.test(line)) {
      throw new FileIsStreamError();
    }
    const [, seconds, display] = EXTINF.exec(line) ?? [];
    if (display !== undefined) {
      this.endEntryWithoutLocation();
      this.next = { ...this.next, row: this.row, text: line, display, durationSeconds: readSeconds(seconds ?? '') };
    } else if (line.startsWith('#')) {
      this.readDirective(line);
    } else if (line !== '') {
      this.endEntry(line);
    }
  }

  /** @throws PlaylistTooLongError */
  finish(): Reading {
    this.endEntryWithoutLocation();
    const collector = new TrackCollector();
    const album = this.meantForAll((entry) => entry.album);
    const artists = this.meantForAll((entry) => entry.artists);
    for (const entry of this.entries) {
      addTo(collector, { ...entry, album: entry.album ?? album, artists: entry.artists ?? artists });
    }
    return collector.finish({ title: this.title });
  }

  private readDirective(line: string): void {
    const [, name = '', value = ''] = DIRECTIVE.exec(line) ?? [];
    switch (name.toUpperCase()) {
      case 'EXTALB':
        this.next.album = value.trim();
        break;
      case 'EXTART':
        this.next.artists = [...(this.next.artists ?? []), value.trim()];
        break;
      case 'PLAYLIST':
        this.title ||= value;
        break;
    }
  }

  private endEntryWithoutLocation(): void {
    if (this.next.display !== undefined) {
      this.endEntry('');
    }
  }

  private endEntry(location: string): void {
    const { row = this.row, text = location, display = null, durationSeconds = null, album, artists } = this.next;
    this.entries.push({ row, text, display, location, durationSeconds, album, artists });
    this.next = {};
  }

  private meantForAll<Value>(valueOf: (entry: Entry) => Value | undefined): Value | undefined {
    const [first, ...others] = this.entries;
    return first && others.every((entry) => valueOf(entry) === undefined) ? valueOf(first) : undefined;
  }
}

function addTo(
  collector: TrackCollector,
  { row, text, display, location, durationSeconds, album, artists }: Entry,
): void {
  const names = display === null ? namesInFileName(location) : namesInDisplay(display, artists ?? []);
  if (names === null) {
    const reason =
      display === null
        ? 'There is only a file name, which does not say artist and title.'
        : 'There is no " - " between artist and title.';
    collector.skip(row, reason, text);
    return;
  }
  collector.add(row, { ...names, album: album ?? '', durationSeconds }, text);
}

/** @param artists from `#EXTART`: the artist, the album's artist, or both in this order */
function namesInDisplay(display: string, artists: readonly string[]): TrackNames | null {
  for (const [index, artist] of artists.entries()) {
    const separator = SEPARATORS.find((each) => artist !== '' && display.startsWith(artist + each));
    if (separator !== undefined) {
      const title = display.slice(artist.length + separator.length);
      return { artist, title, albumArtist: artists.toSpliced(index, 1)[0] ?? '' };
    }
  }
  const split = artistAndTitleOf(display);
  if (split) {
    return { ...split, albumArtist: artists.at(-1) ?? '' };
  }
  const [artist = ''] = artists;
  return artist === '' ? null : { artist, title: display, albumArtist: '' };
}

function namesInFileName(location: string): TrackNames | null {
  const name = baseNameOf(unescaped(location)).replace(EXTENSION, '').replace(TRACK_NUMBER, '');
  const split = artistAndTitleOf(name);
  return split && { ...split, albumArtist: '' };
}

function unescaped(location: string): string {
  try {
    return /^[a-z]+:\/\//i.test(location) ? decodeURIComponent(location) : location;
  } catch {
    return location; // A stray percent sign: it is what it is.
  }
}
