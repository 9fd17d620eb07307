import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { PlaylistId, PlaylistImportId, UserId } from '../../../common/ids.js';
import {
  PlatformBusyError,
  type PlatformPage,
  PlatformPassingError,
  type PlatformPlaylist,
  PlatformPlaylists,
} from '../../platforms/index.js';
import { draftOf } from '../imports/draft-of.js';
import { reportOf } from '../imports/import-report.js';
import type { FinishedImport } from '../imports/playlist-imports.service.js';
import { MAX_TRACKS } from '../playlist-track.js';
import { PlaylistTooLongError } from '../playlists.errors.js';
import { PlaylistsService } from '../playlists.service.js';
import { PlaylistImport } from './playlist-import.entity.js';
import { PlaylistHasNoSourceError } from './playlist-import.errors.js';
import { PlaylistImportsStore } from './playlist-imports-store.js';
import { readEntries } from './read-entries.js';

/** So much is read while the person waits; what is longer goes on in the background. */
const PAGES_WHILE_WAITING = 4;
const RETRY_MS = 5_000;

interface FirstPages {
  pages: PlatformPage[];
  /** Whether that is all. */
  isWhole: boolean;
  /** When to go on, where the platform is busy. */
  resumesAt: Date | null;
}

/** Playlists from Deezer and Spotify, by link. */
@Injectable()
export class LinkImports {
  constructor(
    private readonly platforms: PlatformPlaylists,
    private readonly playlists: PlaylistsService,
    private readonly store: PlaylistImportsStore,
    private readonly clock: Clock,
  ) {}

  /**
   * @param title undefined: as the platform calls it
   * @returns the playlist, or the import that goes on in the background
   * @throws what `PlatformPlaylists` throws, PlaylistTooLongError, PlaylistImportUnderWayError
   */
  async importLink(userId: UserId, url: string, title: string | undefined): Promise<FinishedImport | PlaylistImport> {
    const described = await this.describe(userId, url);
    const first = await this.readFirst(userId, described);
    if (first.isWhole) {
      const reading = readEntries(
        first.pages.flatMap(({ entries }) => entries),
        described,
      );
      const draft = draftOf(reading, title ?? described.title);
      const playlist = await this.playlists.create(userId, draft, { kind: described.platform, url: described.url });
      return { playlist, report: reportOf(reading), others: [], leftOut: [] };
    }
    const order = { userId, purpose: 'import', playlistId: null, title: title ?? null } as const;
    return this.begin(PlaylistImport.of(order, described, this.clock.now()), first);
  }

  /**
   * Reads a playlist's source again. Nothing is changed: once it is read, the import says what would be.
   * @throws PlaylistNotFoundError, PlaylistHasNoSourceError, and as `importLink`
   */
  async refresh(userId: UserId, playlistId: PlaylistId): Promise<PlaylistImport> {
    const { source, title } = await this.playlists.requireOwned(userId, playlistId);
    if (source.url === undefined) {
      throw new PlaylistHasNoSourceError();
    }
    const described = await this.describe(userId, source.url);
    const one = PlaylistImport.of({ userId, purpose: 'refresh', playlistId, title }, described, this.clock.now());
    return this.begin(one, await this.readFirst(userId, described));
  }

  /** @throws PlaylistImportNotFoundError, also for someone else's */
  require(userId: UserId, id: PlaylistImportId): Promise<PlaylistImport> {
    return this.store.require(userId, id);
  }

  /** What has been read is forgotten. @throws PlaylistImportNotFoundError, PlaylistImportOverError */
  cancel(userId: UserId, id: PlaylistImportId): Promise<PlaylistImport> {
    return this.store.change(userId, id, async (one, tx) => {
      one.cancel(this.clock.now());
      await this.store.forgetPages(tx, one);
    });
  }

  /**
   * Does what a refresh has proposed. Done twice, the second time is refused.
   * @throws PlaylistImportNotFoundError, PlaylistImportOverError, PlaylistNotFoundError, and PlaylistChangedError where the
   * playlist was changed since: refresh it again
   */
  async apply(userId: UserId, id: PlaylistImportId): Promise<PlaylistImport> {
    const one = await this.store.require(userId, id);
    one.require('ready');
    const { tracks } = readEntries(await this.store.entriesOf(one), one);
    if (one.playlistId === null || one.baseVersion === null) {
      throw new PlaylistHasNoSourceError();
    }
    await this.playlists.update(userId, one.playlistId, { tracks }, [one.baseVersion]);
    return this.store.change(userId, id, async (applied, tx) => {
      applied.finishApplying(this.clock.now());
      await this.store.forgetPages(tx, applied);
    });
  }

  private async describe(userId: UserId, url: string): Promise<PlatformPlaylist> {
    const described = await this.platforms.describe(userId, await this.platforms.resolve(url));
    if (described.total > MAX_TRACKS) {
      throw new PlaylistTooLongError();
    }
    return described;
  }

  private async begin(one: PlaylistImport, { pages, resumesAt }: FirstPages): Promise<PlaylistImport> {
    if (resumesAt) {
      one.wait(resumesAt);
    }
    await this.store.begin(one, pages);
    return one;
  }

  private async readFirst(userId: UserId, described: PlatformPlaylist): Promise<FirstPages> {
    const pages: PlatformPage[] = [];
    let next: number | null = 0;
    try {
      while (next !== null && pages.length < PAGES_WHILE_WAITING) {
        const page: PlatformPage = await this.platforms.read(userId, described, next);
        pages.push(page);
        next = page.next;
      }
      return { pages, isWhole: next === null, resumesAt: null };
    } catch (error) {
      if (!(error instanceof PlatformPassingError)) {
        throw error;
      }
      const soon = new Date(this.clock.now().getTime() + RETRY_MS);
      return { pages, isWhole: false, resumesAt: error instanceof PlatformBusyError ? error.until : soon };
    }
  }
}
