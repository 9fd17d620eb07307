import { Column, Entity, PrimaryColumn } from 'typeorm';

import { QueueFullError, QueuePlaceError } from './music-queue.errors.js';

const MOST_ENTRIES = 500;

export const LOOPS = ['off', 'track', 'queue'] as const;
export type Loop = (typeof LOOPS)[number];

/** Why the track that played gives way. */
export type Advance = 'ended' | 'skipped' | 'failed';

/** A track that somebody wants to hear. */
export interface QueueEntry {
  readonly id: string;
  /** How the player finds it; null: it is looked for by its names when its turn comes. */
  readonly encoded: string | null;
  readonly artist: string;
  readonly title: string;
  readonly album: string | null;
  /** Null: unknown, as of a stream. */
  readonly durationSeconds: number | null;
  readonly uri: string | null;
  /** A Discord id. */
  readonly requestedBy: string;
}

/** What plays in a Discord server, and what comes after it. It is there as long as the player is in a voice channel. */
@Entity('music_queue')
export class MusicQueue {
  @PrimaryColumn({ type: 'text' })
  guildId: string;

  @Column({ type: 'text' })
  voiceChannelId: string;

  /** Where its messages go. */
  @Column({ type: 'text' })
  textChannelId: string;

  /** Null: silence. */
  @Column({ type: 'jsonb', nullable: true })
  current: QueueEntry | null;

  /** What comes next, first things first. */
  @Column({ type: 'jsonb' })
  entries: QueueEntry[];

  @Column({ type: 'text' })
  loop: Loop;

  /** Percent. */
  @Column({ type: 'int' })
  volume: number;

  @Column({ type: 'boolean' })
  isPaused: boolean;

  /** How far the current track was when the player last said so. */
  @Column({ type: 'int' })
  positionMs: number;

  /** The message that shows what plays. */
  @Column({ type: 'text', nullable: true })
  messageId: string | null;

  /** What the node calls its connection with us: with it the music can be taken up again after a restart. */
  @Column({ type: 'text', nullable: true })
  nodeResumeId: string | null;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;

  static open(guildId: string, place: Pick<MusicQueue, 'voiceChannelId' | 'textChannelId'>, now: Date): MusicQueue {
    return Object.assign(new MusicQueue(), {
      ...place,
      guildId,
      current: null,
      entries: [],
      loop: 'off',
      volume: 100,
      isPaused: false,
      positionMs: 0,
      messageId: null,
      nodeResumeId: null,
      updatedAt: now,
    } satisfies Partial<MusicQueue>);
  }

  /** @returns the place of the first one, counted from 1. @throws QueueFullError */
  add(entries: readonly QueueEntry[]): number {
    if (this.entries.length + entries.length > MOST_ENTRIES) {
      throw new QueueFullError(MOST_ENTRIES);
    }
    this.entries = [...this.entries, ...entries];
    return this.entries.length - entries.length + 1;
  }

  /** The next one takes its turn. A track that fails is not looped: it would fail for ever. */
  advance(why: Advance): QueueEntry | null {
    const { current } = this;
    const again = current && why !== 'failed';
    if (again && this.loop === 'track' && why === 'ended') {
      this.entries = [current, ...this.entries];
    } else if (again && this.loop === 'queue') {
      this.entries = [...this.entries, current];
    }
    const [next = null, ...rest] = this.entries;
    this.current = next;
    this.entries = rest;
    this.positionMs = 0;
    this.isPaused = false;
    return next;
  }

  /** @throws QueuePlaceError */
  at(place: number): QueueEntry {
    const entry = this.entries[place - 1];
    if (!entry) {
      throw new QueuePlaceError(this.entries.length);
    }
    return entry;
  }

  /** @throws QueuePlaceError */
  remove(place: number): QueueEntry {
    const entry = this.at(place);
    this.entries = this.entries.filter((each) => each !== entry);
    return entry;
  }

  /** @throws QueuePlaceError */
  move(from: number, to: number): QueueEntry {
    this.at(to);
    const entry = this.remove(from);
    this.entries = [...this.entries.slice(0, to - 1), entry, ...this.entries.slice(to - 1)];
    return entry;
  }

  /** @param random from 0 up to 1 */
  shuffle(random: () => number): void {
    const shuffled = this.entries.map((entry) => ({ entry, key: random() }));
    this.entries = shuffled.sort((a, b) => a.key - b.key).map(({ entry }) => entry);
  }

  seekTo(positionMs: number): void {
    this.positionMs = positionMs;
  }
}
