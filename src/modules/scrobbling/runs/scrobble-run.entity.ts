import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import { newId, type PlaylistId, type ScrobbleRunId, type UserId } from '../../../common/ids.js';
import type { PlaylistTrack } from '../../playlists/index.js';
import { IllegalRunTransitionError } from '../scrobbling.errors.js';
import { dueAt, nextPlayAt, type Pace, resumedPlayAt, wholeSecond } from './planner/pace.js';
import { trackOrder, type TrackOrder } from './planner/track-order.js';

export type ScrobbleRunState = 'running' | 'paused' | 'completed' | 'stopped';
/** Why a run stands still; of two reasons the later one in this list stays, since it takes more to be over. */
export const PAUSE_REASONS = ['daily_budget', 'key_rejected', 'scrobbling_disabled', 'user'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

export interface RunSettings {
  pace: Pace;
  order: TrackOrder;
  repeat: boolean;
}

const ALLOWED: Record<ScrobbleRunState, readonly ScrobbleRunState[]> = {
  running: ['paused', 'completed', 'stopped'],
  paused: ['running', 'stopped'],
  completed: [],
  stopped: [],
};

/** How many upcoming tracks a row holds: however long the playlist, a tick reads and writes no more. */
const WINDOW = 50;
/** A moment that is missed by more than this was missed: the service was down. */
const LATE_MS = 30_000;

const weight = (reason: PauseReason | null): number => (reason ? PAUSE_REASONS.indexOf(reason) : -1);

const after = (moment: Date, milliseconds: number): Date => new Date(moment.getTime() + milliseconds);

/** One paced pass through a playlist, scrobbled track by track. On screen it is called auto-scrobble. */
@Entity('scrobble_run')
@Index('one_active_run_per_user', ['userId'], { unique: true, where: `state in ('running', 'paused')` })
@Index('scrobble_run_of_user', ['userId', 'startedAt'])
@Index('scrobble_run_resuming', ['resumesAt'], { where: 'resumes_at is not null' })
@Index('scrobble_run_due', ['nextDueAt'], { where: `state = 'running'` })
export class ScrobbleRun {
  @PrimaryColumn({ type: 'uuid' })
  id: ScrobbleRunId;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  userId: UserId;

  /** Null once the playlist has been deleted; the run then ends with its window. */
  @ForeignKey('Playlist', { onDelete: 'SET NULL' })
  @Column({ type: 'uuid', nullable: true })
  playlistId: PlaylistId | null;

  @Column({ type: 'text' })
  playlistTitle: string;

  @Column({ type: 'text' })
  state: ScrobbleRunState;

  @Column({ type: 'text', nullable: true })
  pausedReason: PauseReason | null;

  @Column({ name: 'pace', type: 'text' })
  paceKind: Pace['kind'];

  @Column({ type: 'int', nullable: true })
  intervalMinutes: number | null;

  @Column({ name: 'track_order', type: 'text' })
  order: TrackOrder;

  @Column({ type: 'int' })
  seed: number;

  @Column({ type: 'boolean' })
  repeat: boolean;

  /** How often the whole playlist has been played. */
  @Column({ type: 'int' })
  pass: number;

  /** How many tracks of this pass have been played. */
  @Column({ type: 'int' })
  position: number;

  @Column({ type: 'int' })
  trackCount: number;

  /** The window: tracks in the order they are played. */
  @Column({ type: 'jsonb' })
  upcoming: PlaylistTrack[];

  /** Where in the window the current track stands; a tick counts on, without writing the window again. */
  @Column({ type: 'int', default: 0 })
  windowPosition: number;

  /** When the current track starts, or started. */
  @Column({ type: 'timestamptz', nullable: true })
  nextPlayAt: Date | null;

  /** When the current track is scrobbled. */
  @Column({ type: 'timestamptz', nullable: true })
  nextDueAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  lastPlayedAt: Date | null;

  /** When it goes on by itself: it waits for the next day's budget. */
  @Column({ type: 'timestamptz', nullable: true })
  resumesAt: Date | null;

  /** For how long in all the service was down while this ran: nothing is filled in for that time. */
  @Column({ type: 'int' })
  gapSeconds: number;

  @Column({ type: 'timestamptz', nullable: true })
  lastGapFrom: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  lastGapUntil: Date | null;

  @Column({ type: 'timestamptz' })
  startedAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  finishedAt: Date | null;

  /** @param earliest the first second no other run of this user has used */
  static start(input: {
    userId: UserId;
    playlist: { id: PlaylistId; title: string; tracks: readonly PlaylistTrack[] };
    settings: RunSettings;
    seed: number;
    now: Date;
    earliest: Date;
  }): ScrobbleRun {
    const { userId, playlist, settings, seed, now, earliest } = input;
    const run = new ScrobbleRun();
    Object.assign(run, {
      id: newId() as ScrobbleRunId,
      userId,
      playlistId: playlist.id,
      playlistTitle: playlist.title,
      state: 'running',
      pausedReason: null,
      seed,
      pass: 0,
      position: 0,
      trackCount: playlist.tracks.length,
      upcoming: [],
      windowPosition: 0,
      lastPlayedAt: null,
      resumesAt: null,
      gapSeconds: 0,
      lastGapFrom: null,
      lastGapUntil: null,
      startedAt: now,
      finishedAt: null,
    });
    run.apply(settings);
    run.refill(playlist.tracks, now);
    run.playFrom(wholeSecond(earliest > now ? earliest : now));
    return run;
  }

  get pace(): Pace {
    return this.paceKind === 'interval'
      ? { kind: 'interval', minutes: this.intervalMinutes ?? 1 }
      : { kind: 'realtime' };
  }

  get currentTrack(): PlaylistTrack | undefined {
    return this.upcoming[this.windowPosition];
  }

  get isActive(): boolean {
    return this.state === 'running' || this.state === 'paused';
  }

  get needsTracks(): boolean {
    return this.isActive && !this.currentTrack;
  }

  canPauseFor(reason: PauseReason): boolean {
    return this.state === 'running' || (this.state === 'paused' && weight(reason) > weight(this.pausedReason));
  }

  /** Stands still, or stands still for a weightier reason than before. */
  pause(reason: PauseReason): void {
    if (!this.canPauseFor(reason)) {
      throw new IllegalRunTransitionError(this.state, 'paused');
    }
    this.state = 'paused';
    this.pausedReason = reason;
    this.resumesAt = null;
    this.nextDueAt = null;
    this.nextPlayAt = null;
  }

  /** The day's budget is spent: it goes on by itself, with the current track, when the next one begins. */
  pauseUntil(resumesAt: Date): void {
    this.pause('daily_budget');
    this.resumesAt = resumesAt;
  }

  /** Its user wants it to go on and the day's budget is spent: from now on it waits for the next day. */
  resumeLater(resumesAt: Date): void {
    this.resume(resumesAt);
    this.pauseUntil(resumesAt);
  }

  /** Goes on with the current track; at an interval not before the last one's time is over. */
  resume(now: Date): void {
    this.become('running');
    this.pausedReason = null;
    this.resumesAt = null;
    this.playFrom(this.earliestNext(now));
  }

  /**
   * The next day has begun: goes on at the very moment that was announced. If the service was down then, what it missed is
   * a gap like any other.
   */
  resumeByItself(now: Date): void {
    const announced = this.resumesAt ?? now;
    const isLate = now.getTime() - announced.getTime() > LATE_MS;
    this.resume(isLate ? now : announced);
    if (isLate) {
      this.recordGap(announced, this.nextPlayAt ?? now);
    }
  }

  stop(now: Date): void {
    this.finish('stopped', now);
  }

  /** Changes pace, order or repeat. Another order starts the playlist again from its beginning. */
  edit(settings: RunSettings, tracks: readonly PlaylistTrack[], now: Date): void {
    const isReordered = settings.order !== this.order;
    const isRepaced = JSON.stringify(settings.pace) !== JSON.stringify(this.pace);
    this.apply(settings);
    if (isReordered) {
      this.position = 0;
      this.trackCount = tracks.length;
      this.upcoming = [];
      this.refill(tracks, now);
    }
    if (this.state === 'running' && (isReordered || isRepaced)) {
      this.playFrom(this.earliestNext(now));
    }
  }

  /**
   * The current track is due: moves on to the next one.
   * @returns the play to record, or null when its moment was missed: then the run goes on from the next due moment
   */
  playDue(now: Date): { track: PlaylistTrack; playedAt: Date } | null {
    const { currentTrack: track, nextPlayAt: playedAt, nextDueAt: due } = this;
    if (!track || !playedAt || !due) {
      return null;
    }
    if (now.getTime() - due.getTime() > LATE_MS) {
      this.skipGap(playedAt, now);
      return null;
    }
    this.windowPosition += 1;
    this.position += 1;
    this.lastPlayedAt = playedAt;
    this.playFrom(nextPlayAt(playedAt, track, this.pace));
    return { track, playedAt };
  }

  /**
   * Fills the window from the playlist as it is now; at the end of a pass the run begins anew or is completed.
   * @param tracks null when the playlist is gone
   */
  refill(tracks: readonly PlaylistTrack[] | null, now: Date): void {
    this.trackCount = tracks?.length ?? this.position;
    if (this.position >= this.trackCount && this.repeat && this.trackCount > 0 && tracks) {
      this.pass += 1;
      this.position = 0;
    }
    const order = trackOrder(this.trackCount, this.order, this.seed, this.pass);
    const window = tracks ? order.slice(this.position, this.position + WINDOW) : [];
    this.upcoming = window.flatMap((index) => tracks?.[index] ?? []);
    this.windowPosition = 0;
    if (this.upcoming.length === 0) {
      this.finish('completed', now);
    } else if (this.nextPlayAt) {
      this.playFrom(this.nextPlayAt);
    }
  }

  /** Nothing is back-filled: at an interval the next moment of the grid, in real time the track starts now. */
  private skipGap(missedFrom: Date, now: Date): void {
    const pace = this.pace;
    const intervalMs = pace.kind === 'interval' ? pace.minutes * 60_000 : 0;
    const missedMs = now.getTime() - missedFrom.getTime();
    const resumeAt =
      intervalMs > 0 ? after(missedFrom, (Math.floor(missedMs / intervalMs) + 1) * intervalMs) : wholeSecond(now);
    this.recordGap(missedFrom, resumeAt);
    this.playFrom(resumeAt);
  }

  private recordGap(from: Date, until: Date): void {
    this.gapSeconds += Math.round((until.getTime() - from.getTime()) / 1000);
    this.lastGapFrom = from;
    this.lastGapUntil = until;
  }

  private playFrom(playAt: Date): void {
    const { currentTrack } = this;
    this.nextPlayAt = playAt;
    this.nextDueAt = currentTrack && this.state === 'running' ? dueAt(playAt, currentTrack, this.pace) : null;
  }

  private earliestNext(now: Date): Date {
    return resumedPlayAt(now, this.lastPlayedAt, this.pace);
  }

  private apply({ pace, order, repeat }: RunSettings): void {
    this.paceKind = pace.kind;
    this.intervalMinutes = pace.kind === 'interval' ? pace.minutes : null;
    this.order = order;
    this.repeat = repeat;
  }

  private finish(state: 'completed' | 'stopped', now: Date): void {
    this.become(state);
    this.finishedAt = now;
    this.nextDueAt = null;
    this.nextPlayAt = null;
    this.pausedReason = null;
    this.resumesAt = null;
  }

  private become(next: ScrobbleRunState): void {
    if (!ALLOWED[this.state].includes(next)) {
      throw new IllegalRunTransitionError(this.state, next);
    }
    this.state = next;
  }
}
