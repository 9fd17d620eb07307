import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import { newId, type PlaylistId, type UserId } from '../../common/ids.js';
import { MAX_TRACKS, type PlaylistTrack } from './playlist-track.js';
import { PlaylistChangedError, PlaylistTooLongError } from './playlists.errors.js';

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
    playlist.version = 0;
    playlist.createdAt = now;
    playlist.change(draft, now);
    return playlist;
  }

  /**
   * Nothing to change leaves version and time alone.
   *
   * @throws PlaylistTooLongError
   */
  change(changes: PlaylistChanges, now: Date): void {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    if (Object.keys(given).length === 0) {
      return;
    }
    Object.assign(this, given);
    if (changes.tracks) {
      this.countTracks();
    }
    this.version += 1;
    this.updatedAt = now;
  }

  /** @throws PlaylistChangedError when the caller has seen an older version; undefined accepts any */
  expectVersion(version: number | undefined): void {
    if (version !== undefined && version !== this.version) {
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
