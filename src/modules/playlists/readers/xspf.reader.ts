import { SaxesParser, type SaxesTagNS } from 'saxes';

import { ALBUM_ARTIST_RELATION } from '../album-artist-relation.js';
import { splitIfNoArtist } from './artist-and-title.js';
import { readMilliseconds } from './duration.js';
import { FileDeclaresEntitiesError, FileFormatUnknownError } from './reading.errors.js';
import type { Reading } from './reading.js';
import type { TextPieces } from './text-pieces.js';
import { TrackCollector } from './track-collector.js';

const XSPF = 'http://xspf.org/ns/0/';
/** XSPF needs four levels; its extensions a few more. Each open element costs memory. */
const MAX_DEPTH = 50;
const MAX_ATTRIBUTES = 50;
const BEGINNING = /^\s*<(\?xml|!|[\w.-]+:?playlist\b|playlist\b)/;

const NO_XSPF = 'This is XML, but no XSPF playlist.';

/** Elements of a track whose text we keep. */
const TRACK_TEXTS = new Set(['title', 'creator', 'album', 'duration']);

export function looksLikeXml(head: string): boolean {
  return BEGINNING.test(head);
}

/**
 * XSPF 1, in its namespace under whatever prefix, or in none, as careless programs write it. What stands in other
 * namespaces is passed over. A file with a document type is refused: XSPF has none, and entities are where XML bombs
 * and file thefts come from.
 *
 * @throws FileFormatUnknownError, FileDeclaresEntitiesError, PlaylistTooLongError
 */
export async function readXspf(pieces: TextPieces): Promise<Reading> {
  const reader = new XspfReader();
  for await (const piece of pieces) {
    reader.write(piece);
  }
  return reader.finish();
}

class XspfReader {
  private readonly parser = new SaxesParser({ xmlns: true });
  private readonly collector = new TrackCollector();
  /** From the root to where we are: the names of XSPF's own elements; null for all others. */
  private readonly path: (string | null)[] = [];
  private namespace = XSPF;
  private attributeCount = 0;
  private text = '';
  private relation = '';
  private row = 0;
  private track = new Map<string, string>();
  private readonly playlist = new Map<string, string>();

  constructor() {
    this.parser.on('error', () => {
      throw new FileFormatUnknownError(`This is not well-formed XML: line ${this.parser.line} cannot be understood.`);
    });
    this.parser.on('doctype', (declaration) => {
      throw new FileDeclaresEntitiesError(/^\s*plist\b/.test(declaration));
    });
    this.parser.on('attribute', () => {
      this.countAttribute();
    });
    this.parser.on('opentag', (tag) => {
      this.open(tag);
    });
    this.parser.on('text', (text) => {
      this.text += text;
    });
    this.parser.on('cdata', (text) => {
      this.text += text;
    });
    this.parser.on('closetag', () => {
      this.close();
    });
  }

  write(piece: string): void {
    this.parser.write(piece);
  }

  finish(): Reading {
    this.parser.close();
    return this.collector.finish({
      title: this.playlist.get('title') ?? '',
      description: this.playlist.get('annotation') ?? '',
    });
  }

  private countAttribute(): void {
    this.attributeCount += 1;
    if (this.attributeCount > MAX_ATTRIBUTES) {
      throw new FileFormatUnknownError(NO_XSPF);
    }
  }

  private open({ local, uri, attributes }: SaxesTagNS): void {
    if (this.path.length === 0) {
      this.openRoot(local, uri);
    }
    if (this.path.length >= MAX_DEPTH) {
      throw new FileFormatUnknownError(NO_XSPF);
    }
    this.path.push(uri === this.namespace ? local : null);
    this.attributeCount = 0;
    this.relation = attributes['rel']?.value ?? '';
    this.text = '';
    if (this.isAt('playlist/trackList/track')) {
      this.track = new Map();
    }
  }

  private openRoot(local: string, uri: string): void {
    if (local !== 'playlist' || (uri !== XSPF && uri !== '')) {
      throw new FileFormatUnknownError(NO_XSPF);
    }
    this.namespace = uri;
  }

  private close(): void {
    const name = this.path.at(-1) ?? '';
    if (this.isAt('playlist/trackList/track')) {
      this.addTrack();
    } else if (this.isAt(`playlist/trackList/track/${name}`)) {
      this.keepOfTrack(name);
    } else if (this.isAt(`playlist/${name}`)) {
      this.playlist.set(name, this.text);
    }
    this.path.pop();
    this.text = '';
  }

  private keepOfTrack(name: string): void {
    if (TRACK_TEXTS.has(name)) {
      this.track.set(name, this.text);
    } else if (name === 'meta' && this.relation === ALBUM_ARTIST_RELATION) {
      this.track.set('albumArtist', this.text);
    }
  }

  private addTrack(): void {
    this.row += 1;
    const of = (name: string): string => this.track.get(name) ?? '';
    const raw = splitIfNoArtist({
      artist: of('creator'),
      title: of('title'),
      album: of('album'),
      albumArtist: of('albumArtist'),
      durationSeconds: readMilliseconds(of('duration')),
    });
    this.collector.add(this.row, raw, `${raw.artist || '?'} - ${raw.title || '?'}`);
  }

  private isAt(path: string): boolean {
    return this.path.join('/') === path;
  }
}
