/** A play as Last.fm wants to hear of it. */
export interface ScrobbledTrack {
  artist: string;
  title: string;
  album: string | null;
  albumArtist: string | null;
  durationSeconds: number | null;
  /** When the play started. */
  playedAt: Date;
  chosenByUser: boolean;
}

/** A track that plays at this moment. */
export type AnnouncedTrack = Pick<ScrobbledTrack, 'artist' | 'title' | 'album' | 'durationSeconds'>;

/** Last.fm ignores a scrobble that says it is shorter; one that does not say is taken. */
const SHORTEST_NAMED_SECONDS = 30;
/** Abbreviations of this get the scrobble ignored; spelled out it is welcome. */
const VARIOUS_ARTISTS = 'Various Artists';
const VARIOUS_ABBREVIATED = /^(va|v\.a\.?|v\/a|various|various artists\b.*)$/i;

/** The indexed parameters of `track.scrobble`. What is unknown is left out, from the request and so from the signature. */
export function scrobbleParams(tracks: readonly ScrobbledTrack[]): Record<string, string> {
  return Object.fromEntries(tracks.flatMap((track, index) => paramsOf(track, index)));
}

/** The parameters of `track.updateNowPlaying`. */
export function announcementParams({ artist, title, album, durationSeconds }: AnnouncedTrack): Record<string, string> {
  return {
    artist,
    track: title,
    ...(album !== null && { album }),
    ...(durationSeconds !== null && { duration: String(durationSeconds) }),
  };
}

function paramsOf(track: ScrobbledTrack, index: number): Array<[string, string]> {
  const { artist, title, album, durationSeconds, playedAt, chosenByUser } = track;
  const albumArtist = spelledOut(track.albumArtist);
  const values: Array<[string, string | null]> = [
    ['artist', artist],
    ['track', title],
    ['timestamp', String(Math.floor(playedAt.getTime() / 1000))],
    ['album', album],
    ['albumArtist', albumArtist === artist ? null : albumArtist],
    [
      'duration',
      durationSeconds !== null && durationSeconds >= SHORTEST_NAMED_SECONDS ? String(durationSeconds) : null,
    ],
    ['chosenByUser', chosenByUser ? null : '0'],
  ];
  return values.flatMap(([name, value]) => (value === null ? [] : [[`${name}[${index}]`, value]]));
}

function spelledOut(albumArtist: string | null): string | null {
  return albumArtist !== null && VARIOUS_ABBREVIATED.test(albumArtist.trim()) ? VARIOUS_ARTISTS : albumArtist;
}
