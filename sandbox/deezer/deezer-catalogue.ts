import { createHash } from 'node:crypto';

import { type ArchivedTrack, archivedPlaylists } from '../music/archived-playlists.js';

/** The real playlists are numbered from here, in the order of their names. */
const FIRST_ID = 10_000_000_001;
const MIXED_BAG_ID = FIRST_ID - 1;

export interface DeezerEntry {
  readonly track: ArchivedTrack;
  /** False: Deezer may not play it where we are. */
  readonly isReadable: boolean;
}

export interface DeezerPlaylist {
  readonly id: number;
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  /** False: nobody but its owner reads it. */
  readonly isPublic: boolean;
  entries: DeezerEntry[];
}

/** What the stand-in for Deezer has: the real playlists, one with tracks that cannot be played, and a private one. */
export class DeezerCatalogue {
  private playlists = new Map<number, DeezerPlaylist>();

  constructor() {
    this.forget();
  }

  find(id: number): DeezerPlaylist | undefined {
    return this.playlists.get(id);
  }

  /** By the name of its file, `mixed-bag` or `private`. */
  findBySlug(slug: string): DeezerPlaylist | undefined {
    return [...this.playlists.values()].find((playlist) => playlist.slug === slug);
  }

  require(slug: string): DeezerPlaylist {
    const found = this.findBySlug(slug);
    if (!found) {
      throw new Error(`The sandbox has no playlist "${slug}".`);
    }
    return found;
  }

  tracks(): ArchivedTrack[] {
    const all = [...this.playlists.values()].flatMap(({ entries }) => entries.map(({ track }) => track));
    return [...new Map(all.map((track) => [track.spotifyTrackId, track])).values()];
  }

  /** As they were. */
  forget(): void {
    const real = archivedPlaylists().map(({ slug, name, description, tracks }, index): DeezerPlaylist => ({
      id: FIRST_ID + index,
      slug,
      title: name,
      description,
      isPublic: true,
      entries: tracks.map((track) => ({ track, isReadable: true })),
    }));
    const few = real[0]?.entries.slice(0, 6) ?? [];
    const others: DeezerPlaylist[] = [
      {
        id: MIXED_BAG_ID,
        slug: 'mixed-bag',
        title: 'Mixed bag',
        description: 'Some of it cannot be played',
        isPublic: true,
        entries: few.map(({ track }, index) => ({ track, isReadable: index % 3 !== 2 })),
      },
      { id: MIXED_BAG_ID - 1, slug: 'private', title: 'Private', description: '', isPublic: false, entries: few },
    ];
    this.playlists = new Map([...real, ...others].map((playlist) => [playlist.id, playlist]));
  }
}

/** Deezer's numbers for the same track are always the same. */
export function deezerId(spotifyId: string): number {
  return Number.parseInt(createHash('sha256').update(spotifyId).digest('hex').slice(0, 8), 16) + 1;
}
