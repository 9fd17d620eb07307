import type { ArchivedTrack } from '../music/archived-playlists.js';

/** Spotify tells no more of what was played. */
const REMEMBERED = 50;

export interface SpotifyPlay {
  readonly track: ArchivedTrack;
  /** When it ended, as far as anybody has seen. */
  readonly playedAt: Date;
}

export interface SpotifyNow {
  readonly track: ArchivedTrack;
  readonly startedAt: Date;
  readonly isPlaying: boolean;
}

/** What people have played at the stand-in, and what they play now. */
export class SpotifyPlayer {
  private readonly plays = new Map<string, SpotifyPlay[]>();
  private readonly current = new Map<string, SpotifyNow>();

  /** Newest first. */
  recentOf(userId: string): readonly SpotifyPlay[] {
    return this.plays.get(userId) ?? [];
  }

  nowOf(userId: string): SpotifyNow | undefined {
    return this.current.get(userId);
  }

  played(userId: string, play: SpotifyPlay): void {
    const all = [play, ...this.recentOf(userId)];
    all.sort((one, other) => other.playedAt.getTime() - one.playedAt.getTime());
    this.plays.set(userId, all.slice(0, REMEMBERED));
  }

  setNow(userId: string, now: SpotifyNow | null): void {
    if (now) {
      this.current.set(userId, now);
    } else {
      this.current.delete(userId);
    }
  }

  forget(): void {
    this.plays.clear();
    this.current.clear();
  }
}
