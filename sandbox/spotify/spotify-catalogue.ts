import { type ArchivedTrack, archivedPlaylists } from '../music/archived-playlists.js';

/** One place of a playlist. */
export type SpotifyEntry =
  | { readonly kind: 'track'; readonly track: ArchivedTrack }
  | { readonly kind: 'local'; readonly artist: string; readonly title: string; readonly seconds: number }
  | { readonly kind: 'episode'; readonly name: string }
  /** What was there is no longer at Spotify. */
  | { readonly kind: 'gone' };

export interface SpotifyPlaylist {
  readonly id: string;
  /** The name of its file, `mixed-bag` or `followed`. */
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** Null: whoever looks owns it. */
  readonly ownerId: string | null;
  readonly isCollaborative: boolean;
  entries: SpotifyEntry[];
}

const FRIEND = 'sandbox-friend';
/** Of the real playlists this one belongs to a friend, who lets others work on it. */
const COLLABORATIVE = 'murga';

/** What everybody has at the stand-in: the real playlists, one with what is no song, and one that is only followed. */
export class SpotifyCatalogue {
  private playlists: SpotifyPlaylist[] = [];

  constructor() {
    this.forget();
  }

  all(): readonly SpotifyPlaylist[] {
    return this.playlists;
  }

  find(id: string): SpotifyPlaylist | undefined {
    return this.playlists.find((playlist) => playlist.id === id);
  }

  require(slug: string): SpotifyPlaylist {
    const found = this.playlists.find((playlist) => playlist.slug === slug);
    if (!found) {
      throw new Error(`The sandbox has no playlist "${slug}".`);
    }
    return found;
  }

  tracks(): ArchivedTrack[] {
    const all = this.playlists.flatMap(({ entries }) =>
      entries.flatMap((entry) => (entry.kind === 'track' ? [entry.track] : [])),
    );
    return [...new Map(all.map((track) => [track.spotifyTrackId, track])).values()];
  }

  /** As they were. */
  forget(): void {
    const real = archivedPlaylists().map(({ slug, spotifyId, name, description, tracks }): SpotifyPlaylist => ({
      id: spotifyId,
      slug,
      name,
      description,
      ownerId: slug === COLLABORATIVE ? FRIEND : null,
      isCollaborative: slug === COLLABORATIVE,
      entries: tracks.map((track) => ({ kind: 'track', track })),
    }));
    const some = real[0]?.entries.slice(0, 3) ?? [];
    this.playlists = [...real, mixedBag(some), followed(some)];
  }
}

function mixedBag(some: readonly SpotifyEntry[]): SpotifyPlaylist {
  const [first, ...others] = some;
  return {
    id: 'SandboxMixedBag0000001',
    slug: 'mixed-bag',
    name: 'Mixed bag',
    description: 'Not all of it is music',
    ownerId: null,
    isCollaborative: false,
    entries: [
      ...(first ? [first] : []),
      { kind: 'gone' },
      { kind: 'episode', name: 'A talk about music' },
      { kind: 'local', artist: 'My Own Band', title: 'Rehearsal, take 2', seconds: 187 },
      { kind: 'local', artist: '', title: '', seconds: 61 },
      ...others,
    ],
  };
}

function followed(some: readonly SpotifyEntry[]): SpotifyPlaylist {
  return {
    id: 'SandboxFollowed0000001',
    slug: 'followed',
    name: 'A playlist of somebody else',
    description: '',
    ownerId: FRIEND,
    isCollaborative: false,
    entries: [...some],
  };
}
