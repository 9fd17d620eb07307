import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import { newId, type PlaylistId, type PlaylistImportId, type UserId } from '../../../common/ids.js';
import type { PlatformPlaylist, PlaylistReference } from '../../platforms/index.js';
import type { ImportReport } from '../imports/import-report.js';
import { PlaylistImportOverError } from './playlist-import.errors.js';
import { isNothing, type TrackChanges } from './track-changes.js';

export const PLAYLIST_IMPORT_PURPOSES = ['import', 'refresh'] as const;
export type PlaylistImportPurpose = (typeof PLAYLIST_IMPORT_PURPOSES)[number];

/** `ready`: a refresh that waits for its person to have seen what it would change. */
export const PLAYLIST_IMPORT_STATES = ['reading', 'ready', 'completed', 'failed', 'cancelled'] as const;
export type PlaylistImportState = (typeof PLAYLIST_IMPORT_STATES)[number];

interface Order {
  userId: UserId;
  purpose: PlaylistImportPurpose;
  /** What is refreshed; null: a new one is to be made. */
  playlistId: PlaylistId | null;
  /** As its person wants it called; null: as the platform calls it. */
  title: string | null;
}

/** A playlist that is read from a platform, page by page, in the background. */
@Entity('playlist_import')
@Index('playlist_import_of_user', ['userId'])
@Index('one_open_import_per_playlist', ['userId', 'purpose', 'platform', 'sourceId'], {
  unique: true,
  where: `state = 'reading'`,
})
@Index('playlist_import_to_resume', ['resumesAt'], { where: 'resumes_at is not null' })
export class PlaylistImport {
  @PrimaryColumn({ type: 'uuid' })
  id: PlaylistImportId;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  userId: UserId;

  @Column({ type: 'text' })
  purpose: PlaylistImportPurpose;

  @Column({ type: 'text' })
  state: PlaylistImportState;

  @Column({ type: 'text' })
  platform: PlaylistReference['platform'];

  /** Of the playlist, where it lives. */
  @Column({ type: 'text' })
  sourceId: string;

  @Column({ type: 'text' })
  url: string;

  @Column({ type: 'text' })
  title: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  /** What is refreshed, or what has been made. */
  @ForeignKey('Playlist', { onDelete: 'SET NULL' })
  @Column({ type: 'uuid', nullable: true })
  playlistId: PlaylistId | null;

  /** As the platform counts them. */
  @Column({ type: 'int' })
  trackTotal: number;

  @Column({ type: 'int' })
  tracksRead: number;

  /** Where the next page begins; null: all of it has been read. */
  @Column({ type: 'int', nullable: true })
  next: number | null;

  /** The platform is busy or silent: it goes on then. */
  @Column({ type: 'timestamptz', nullable: true })
  resumesAt: Date | null;

  /** Times in a row that the platform did not answer. */
  @Column({ type: 'int' })
  failures: number;

  @Column({ type: 'jsonb', nullable: true })
  report: ImportReport | null;

  /** Of a refresh: what it would change, or has changed. */
  @Column({ type: 'jsonb', nullable: true })
  changes: TrackChanges | null;

  /** The version of the playlist that `changes` is about. */
  @Column({ type: 'int', nullable: true })
  baseVersion: number | null;

  @Column({ type: 'jsonb', nullable: true })
  failure: { code: string; message: string } | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  finishedAt: Date | null;

  static of({ title, ...order }: Order, described: PlatformPlaylist, now: Date): PlaylistImport {
    const { platform, playlistId: sourceId, url, total: trackTotal, description } = described;
    return Object.assign(new PlaylistImport(), {
      id: newId() as PlaylistImportId,
      ...order,
      ...{ platform, sourceId, url, trackTotal, description },
      title: title ?? described.title,
      state: 'reading',
      tracksRead: 0,
      next: 0,
      resumesAt: null,
      failures: 0,
      report: null,
      changes: null,
      baseVersion: null,
      failure: null,
      createdAt: now,
      finishedAt: null,
    });
  }

  get reference(): PlaylistReference {
    return { platform: this.platform, playlistId: this.sourceId };
  }

  /** Whether a worker has something to do with it now. */
  get isDue(): boolean {
    return this.state === 'reading' && this.resumesAt === null;
  }

  addPage(entries: number, next: number | null): void {
    this.require('reading');
    Object.assign(this, { tracksRead: this.tracksRead + entries, next, failures: 0 });
  }

  wait(until: Date): void {
    this.require('reading');
    this.resumesAt = until;
  }

  resume(): void {
    this.resumesAt = null;
  }

  fail(failure: { code: string; message: string }, now: Date): void {
    this.require('reading');
    this.end('failed', now, { failure });
  }

  cancel(now: Date): void {
    this.require('reading', 'ready');
    this.end('cancelled', now);
  }

  /** A new playlist has been made of it. */
  complete(playlistId: PlaylistId, report: ImportReport, now: Date): void {
    this.require('reading');
    this.end('completed', now, { playlistId, report });
  }

  /** Changes nothing yet. Where there is nothing to change, that is all. */
  propose(changes: TrackChanges, baseVersion: number, report: ImportReport, now: Date): void {
    this.require('reading');
    Object.assign(this, { changes, baseVersion, report, state: 'ready' });
    if (isNothing(changes)) {
      this.end('completed', now);
    }
  }

  /** What it proposed has been done. */
  finishApplying(now: Date): void {
    this.require('ready');
    this.end('completed', now);
  }

  /** @throws PlaylistImportOverError */
  require(...states: PlaylistImportState[]): void {
    if (!states.includes(this.state)) {
      throw new PlaylistImportOverError();
    }
  }

  private end(state: PlaylistImportState, now: Date, result: Partial<PlaylistImport> = {}): void {
    Object.assign(this, result, { state, resumesAt: null, finishedAt: now });
  }
}
