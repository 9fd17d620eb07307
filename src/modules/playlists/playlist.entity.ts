import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import { isMet, type VersionCondition } from '../../common/http/if-match.js';
import { newId, type PlaylistId, type UserId } from '../../common/ids.js';
import { MAX_TRACKS, type PlaylistTrack } from './playlist-track.js';
import { NothingToUndoError, PlaylistChangedError, PlaylistTooLongError } from './playlists.errors.js';

export const MAX_TITLE_LENGTH = 200;
export const MAX_DESCRIPTION_LENGTH = 2_000;

export const VISIBILITIES = ['private', 'unlisted', 'public'] as const;
export type PlaylistVisibility = (typeof VISIBILITIES)[number];

export const SOURCE_KINDS = ['custom', 'spotify', 'deezer', 'file'] as const;

/** Where the tracks came from first; later edits do not change it. */
export interface PlaylistSource {
  kind: (typeof SOURCE_KINDS)[number];
  url?: string;
  /** As the uploader called it, for display only. */
  fileName?: string;
}

export interface PlaylistDraft {
  title: string;
  description: string | null;
  visibility: PlaylistVisibility;
  category: string | null;
  tracks: PlaylistTrack[];
}

/** What is absent or undefined stays as it is. */
export type PlaylistChanges = { [Field in keyof PlaylistDraft]?: PlaylistDraft[Field] | undefined };

@Entity('playlist')
@Index('playlist_of_owner', ['ownerId', 'updatedAt'])
export class Playlist {
  @PrimaryColumn({ type: 'uuid' })
  id: PlaylistId;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  ownerId: UserId;

  @Column({ type: 'text' })
  title: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column({ type: 'text' })
  visibility: PlaylistVisibility;

  @Column({ type: 'text', nullable: true })
  category: string | null;

  @Column({ type: 'jsonb' })
  source: PlaylistSource;

  /** Change them through `change`, which keeps the two sums below in step. */
  @Column({ type: 'jsonb' })
  tracks: PlaylistTrack[];

  @Column({ type: 'int' })
  trackCount: number;

  /** The sum over the tracks whose length is known. */
  @Column({ type: 'int' })
  durationSeconds: number;

  /** As they were before the last change of the tracks; megabytes that only `undo` needs. */
  @Column({ type: 'jsonb', nullable: true, select: false })
  previousTracks?: PlaylistTrack[] | null;

  /** Null as long as there is nothing to undo. */
  @Column({ type: 'int', nullable: true })
  previousTrackCount: number | null;

  /** Goes up by one at each change: who edits an older one is told so. */
  @Column({ type: 'int' })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;

  /** @throws PlaylistTooLongError */
  static compose(ownerId: UserId, draft: PlaylistDraft, source: PlaylistSource, now: Date): Playlist {
    const playlist = new Playlist();
    playlist.id = newId() as PlaylistId;
    playlist.ownerId = ownerId;
    playlist.source = source;
    playlist.version = 1;
    playlist.createdAt = now;
    playlist.updatedAt = now;
    playlist.previousTracks = null;
    playlist.previousTrackCount = null;
    Object.assign(playlist, draft);
    playlist.countTracks();
    return playlist;
  }

  get canUndo(): boolean {
    return this.previousTrackCount !== null;
  }

  /**
   * Nothing to change leaves version and time alone. Tracks that go can be brought back by `undo`.
   *
   * @throws PlaylistTooLongError
   */
  change(changes: PlaylistChanges, now: Date): void {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    if (Object.keys(given).length === 0) {
      return;
    }
    if (changes.tracks) {
      this.previousTracks = this.tracks;
      this.previousTrackCount = this.trackCount;
    }
    Object.assign(this, given);
    this.countTracks();
    this.version += 1;
    this.updatedAt = now;
  }

  /**
   * Takes the last change of the tracks back. That is a change too: undone again, it is made again.
   *
   * @param previousTracks the column, which is not read otherwise
   * @throws NothingToUndoError
   */
  undo(previousTracks: PlaylistTrack[] | null, now: Date): void {
    if (previousTracks === null) {
      throw new NothingToUndoError();
    }
    this.change({ tracks: previousTracks }, now);
  }

  /** @throws PlaylistChangedError when the caller has seen another version */
  expectVersion(expected: VersionCondition): void {
    if (!isMet(expected, this.version)) {
      throw new PlaylistChangedError();
    }
  }

  private countTracks(): void {
    if (this.tracks.length > MAX_TRACKS) {
      throw new PlaylistTooLongError();
    }
    this.trackCount = this.tracks.length;
    this.durationSeconds = this.tracks.reduce((sum, track) => sum + (track.durationSeconds ?? 0), 0);
  }
}
