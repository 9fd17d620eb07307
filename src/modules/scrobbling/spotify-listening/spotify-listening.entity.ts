import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { UserId } from '../../../common/ids.js';
import type { PlayedSong, SpotifySong } from '../../platforms/index.js';

const WHILE_PLAYING_MS = 30_000;
const WHILE_SILENT_MS = 2 * 60_000;
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 30 * 60_000;
/** Spotify tells of 50; some more, so that none of them is ever new again. */
const MOST_REMEMBERED = 200;

export interface ListeningProblem {
  code: string;
  message: string;
}

/** A user wants what they hear at Spotify scrobbled: when it is looked at next, and what has been seen. */
@Entity('spotify_listening')
@Index('spotify_listening_due', ['dueAt'])
export class SpotifyListening {
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid' })
  userId: UserId;

  /** What was heard before is nobody's business. */
  @Column({ type: 'timestamptz' })
  enabledAt: Date;

  @Column({ type: 'timestamptz' })
  dueAt: Date;

  /** The moments (ISO) that name the plays which have been scrobbled, the newest last. */
  @Column({ type: 'jsonb' })
  heard: string[];

  /** What was announced last, and until when that is still true. */
  @Column({ type: 'jsonb', nullable: true })
  announced: { artist: string; title: string; until: string } | null;

  /** Times in a row that it could not be looked at. */
  @Column({ type: 'int' })
  failures: number;

  @Column({ type: 'jsonb', nullable: true })
  problem: ListeningProblem | null;

  static of(userId: UserId, now: Date): SpotifyListening {
    return Object.assign(new SpotifyListening(), {
      ...{ userId, enabledAt: now, dueAt: now, heard: [], announced: null, failures: 0, problem: null },
    });
  }

  /** Those that were not there before, each once. */
  takeNew(played: readonly PlayedSong[]): PlayedSong[] {
    const known = new Set(this.heard);
    const fresh = played.filter(
      ({ playedAt }) =>
        playedAt > this.enabledAt && !known.has(playedAt.toISOString()) && known.add(playedAt.toISOString()),
    );
    this.heard = [...known].sort().slice(-MOST_REMEMBERED);
    return fresh;
  }

  /** Whether it has to be announced: it was not, or it began once more. */
  takeCurrent(current: SpotifySong | null, now: Date): boolean {
    const { artist, title, durationSeconds } = current ?? { artist: '', title: '', durationSeconds: 0 };
    const isKnown =
      this.announced?.artist === artist && this.announced.title === title && new Date(this.announced.until) > now;
    if (!current || isKnown) {
      return false;
    }
    this.announced = { artist, title, until: new Date(now.getTime() + durationSeconds * 1000).toISOString() };
    return true;
  }

  /** It has been looked at. */
  settle(isPlaying: boolean, now: Date): void {
    const pause = isPlaying ? WHILE_PLAYING_MS : WHILE_SILENT_MS;
    Object.assign(this, { dueAt: new Date(now.getTime() + pause), failures: 0, problem: null });
  }

  /** It could not be looked at. @param until when to try again, where Spotify says so */
  stumble(problem: ListeningProblem, now: Date, until: Date | null): void {
    const pause = Math.min(FIRST_RETRY_MS * 2 ** this.failures, LONGEST_RETRY_MS);
    this.dueAt = until ?? new Date(now.getTime() + pause);
    this.failures += 1;
    this.problem = problem;
  }
}
