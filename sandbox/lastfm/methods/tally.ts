import type { SandboxScrobble } from '../state/sandbox-scrobble.js';
import type { SandboxUser } from '../state/sandbox-user.js';

/** An artist, album or track as far as it is known by its plays. */
export interface Tally {
  /** One of the plays; of two spellings that differ in case, the first that was scrobbled. */
  readonly example: SandboxScrobble;
  readonly playcount: number;
  readonly listeners: ReadonlySet<string>;
  /** 0 when no play told. */
  readonly durationSeconds: number;
}

interface GrowingTally extends Tally {
  playcount: number;
  durationSeconds: number;
  readonly listeners: Set<string>;
}

/** Two plays that give the same key are of the same thing; null leaves a play out. Case does not matter. */
export type KeyOf = (play: SandboxScrobble) => string | null;

export const byArtist: KeyOf = ({ artist }) => artist;
export const byTrack: KeyOf = ({ artist, track }) => `${artist}\n${track}`;
export const byAlbum: KeyOf = (play) => (play.album === null ? null : `${albumArtistOf(play)}\n${play.album}`);

export function albumArtistOf({ artist, albumArtist }: SandboxScrobble): string {
  return albumArtist ?? artist;
}

/** The most played first, equals in the order of their first play. `from` is a unix time in seconds, or null for all. */
export function tally(users: readonly SandboxUser[], keyOf: KeyOf, from: number | null = null): Tally[] {
  const tallies = new Map<string, GrowingTally>();
  for (const { name, history } of users) {
    for (const play of history.between(from, null)) {
      const key = keyOf(play)?.toLowerCase();
      if (key !== undefined) {
        count(tallies, key, play, name);
      }
    }
  }
  return [...tallies.values()].sort((a, b) => b.playcount - a.playcount);
}

function count(tallies: Map<string, GrowingTally>, key: string, play: SandboxScrobble, username: string): void {
  const known = tallies.get(key);
  const growing = known ?? { example: play, playcount: 0, listeners: new Set(), durationSeconds: 0 };
  growing.playcount += 1;
  growing.listeners.add(username);
  growing.durationSeconds = play.durationSeconds ?? growing.durationSeconds;
  if (!known) {
    tallies.set(key, growing);
  }
}
