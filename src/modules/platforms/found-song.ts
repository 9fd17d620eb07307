/** What is searched for at a platform. */
export interface PlatformQuery {
  /** Words of an artist, a title or both. */
  text: string;
  /** Songs that are wanted, at most. */
  limit: number;
}

/** A song as a platform knows it; names may be blank. */
export interface FoundSong {
  artist: string;
  title: string;
  album: string;
  durationSeconds: number;
  /** Its page there. */
  url: string;
}
