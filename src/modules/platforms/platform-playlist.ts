export const PLATFORMS = ['spotify', 'deezer'] as const;
export type PlatformName = (typeof PLATFORMS)[number];

export const LABEL_OF: Record<PlatformName, string> = { spotify: 'Spotify', deezer: 'Deezer' };

/** Which playlist it is, where it lives. */
export interface PlaylistReference {
  platform: PlatformName;
  playlistId: string;
}

/** What a platform says about a playlist, without its tracks. */
export interface PlatformPlaylist extends PlaylistReference {
  title: string;
  description: string | null;
  /** How many entries it has, as the platform counts; what can be read may be fewer. */
  total: number;
  /** For people. */
  url: string;
}

/** One place of a playlist: a track with the names as the platform has them, or why there is none. */
export type PlatformEntry =
  | { kind: 'track'; artist: string; title: string; album: string; durationSeconds: number }
  /** `reason` is a sentence for people, `text` what the platform calls it. */
  | { kind: 'no-track'; reason: string; text: string };

export interface PlatformPage {
  entries: PlatformEntry[];
  /** Where the next page begins; null after the last one. */
  next: number | null;
}
