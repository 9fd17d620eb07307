import { ListeningHistory } from './listening-history.js';

const UNKNOWN_DURATION_SECONDS = 600;
const USERNAME = /^[A-Za-z][A-Za-z0-9_-]{1,14}$/;

/** What the consent page suggests: one letter longer than Last.fm allows, so that it is nobody's name there. */
export const SUGGESTED_NAME = 'sandbox-listener';

/** What a user has announced as playing. */
export interface NowPlaying {
  readonly artist: string;
  readonly track: string;
  readonly album: string | null;
  readonly albumArtist: string | null;
  readonly durationSeconds: number | null;
  readonly announcedAt: Date;
}

interface LovedTrack {
  readonly artist: string;
  readonly track: string;
  readonly lovedAt: Date;
}

/** One Last.fm user with everything that Last.fm knows of them. */
export class SandboxUser {
  readonly history = new ListeningHistory();
  isPrivate = false;
  /** Accepted scrobbles a UTC day; null has no limit. */
  dailyCap: number | null = null;
  private readonly loved = new Map<string, LovedTrack>();
  private announced: NowPlaying | null = null;

  constructor(
    readonly name: string,
    readonly registeredAt: Date,
  ) {}

  /** 2 to 15 characters, a letter first, then letters, digits, `_` and `-`; or the name that the sandbox suggests. */
  static isName(text: string): boolean {
    return USERNAME.test(text) || text.toLowerCase() === SUGGESTED_NAME;
  }

  announce(playing: NowPlaying): void {
    this.announced = playing;
  }

  /** What was announced last, until the track must have ended (after ten minutes when its length is not known). */
  nowPlayingAt(at: Date): NowPlaying | null {
    if (!this.announced) {
      return null;
    }
    const seconds = this.announced.durationSeconds ?? UNKNOWN_DURATION_SECONDS;
    return at.getTime() < this.announced.announcedAt.getTime() + seconds * 1000 ? this.announced : null;
  }

  love(loved: LovedTrack): void {
    this.loved.set(loveKey(loved.artist, loved.track), loved);
  }

  unlove(artist: string, track: string): void {
    this.loved.delete(loveKey(artist, track));
  }

  hasLoved(artist: string, track: string): boolean {
    return this.loved.has(loveKey(artist, track));
  }

  lovedNewestFirst(): LovedTrack[] {
    return [...this.loved.values()].sort((a, b) => b.lovedAt.getTime() - a.lovedAt.getTime());
  }
}

function loveKey(artist: string, track: string): string {
  return `${artist}\n${track}`.toLowerCase();
}
