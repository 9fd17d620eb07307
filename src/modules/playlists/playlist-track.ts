/** One entry of a playlist. Names are kept as they were typed, without any Unicode normalisation. */
export interface PlaylistTrack {
  artist: string;
  title: string;
  album: string | null;
  albumArtist: string | null;
  /** Whole seconds, from 1 to 24 hours; null while unknown. */
  durationSeconds: number | null;
}

export const MAX_TRACKS = 10_000;
/** Of an artist, a title or an album: in UTF-16 units, as JavaScript and our JSON checks count. */
export const MAX_NAME_LENGTH = 1_000;
export const MAX_DURATION_SECONDS = 24 * 60 * 60;
