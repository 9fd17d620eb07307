/** A scrobble that the sandbox has accepted and stored. */
export interface SandboxScrobble {
  /** As corrected, if Last.fm would correct it. */
  readonly artist: string;
  readonly track: string;
  readonly album: string | null;
  readonly albumArtist: string | null;
  readonly durationSeconds: number | null;
  /** When the play began: unix seconds. */
  readonly timestamp: number;
  readonly chosenByUser: boolean;
  readonly receivedAt: Date;
}

/** Two scrobbles of a user with the same key are the same play, sent twice. */
export function playKeyOf({ timestamp, artist, track }: Omit<SandboxScrobble, 'receivedAt'>): string {
  return `${timestamp}\n${artist}\n${track}`;
}
