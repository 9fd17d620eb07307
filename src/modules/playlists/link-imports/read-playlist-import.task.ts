import { Injectable, type OnModuleInit } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/errors/domain-error.js';
import type { PlaylistImportId, UserId } from '../../../common/ids.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import { TaskHandlers } from '../../../jobs/task-handlers.js';
import { PlatformBusyError, PlatformPassingError, PlatformPlaylists } from '../../platforms/index.js';
import { draftOf } from '../imports/draft-of.js';
import { reportOf } from '../imports/import-report.js';
import { Playlist } from '../playlist.entity.js';
import type { Reading } from '../readers/reading.js';
import type { PlaylistImport } from './playlist-import.entity.js';
import { PlaylistImportNotFoundError, RefreshedPlaylistGoneError } from './playlist-import.errors.js';
import { PlaylistImportsStore } from './playlist-imports-store.js';
import { readEntries } from './read-entries.js';
import { changesBetween } from './track-changes.js';

const FIRST_RETRY_MS = 5_000;
const MOST_FAILURES = 6;

/**
 * Reads a playlist from a platform, page by page. Each page is kept with the place where the next one begins, so that a
 * wait, a killed worker or a second one at the same import neither loses nor doubles anything.
 */
@Injectable()
export class ReadPlaylistImport implements OnModuleInit {
  constructor(
    private readonly tasks: TaskHandlers,
    private readonly platforms: PlatformPlaylists,
    private readonly store: PlaylistImportsStore,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.tasks.register('playlist-import.read', ({ userId, importId }) => this.read(userId, importId));
    this.tasks.register('playlist-imports.purge', () => this.store.purge());
  }

  private async read(userId: UserId, id: PlaylistImportId): Promise<void> {
    try {
      while (await this.readOn(userId, id)) {
        // Once more, until it is over or has to wait.
      }
    } catch (error) {
      if (!(error instanceof PlaylistImportNotFoundError)) {
        throw error;
      }
      // Its user has been deleted meanwhile.
    }
  }

  /** @returns whether there is more to do now */
  private async readOn(userId: UserId, id: PlaylistImportId): Promise<boolean> {
    const one = await this.store.find(userId, id);
    if (!one?.isDue) {
      return false;
    }
    try {
      return one.next === null ? await this.finish(one) : await this.readPage(one, one.next);
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof PlaylistImportNotFoundError) {
        throw error;
      }
      await this.stumble(one, error);
      return false;
    }
  }

  private async readPage(one: PlaylistImport, from: number): Promise<boolean> {
    const page = await this.platforms.read(one.userId, one.reference, from);
    let isOurs = false;
    await this.store.change(one.userId, one.id, async (current, tx) => {
      isOurs = current.isDue && current.next === from;
      if (isOurs) {
        await this.store.addPage(tx, current, page);
      }
    });
    return isOurs;
  }

  private async finish(one: PlaylistImport): Promise<boolean> {
    const reading = readEntries(await this.store.entriesOf(one), one);
    await this.store.change(one.userId, one.id, async (current, tx) => {
      if (!current.isDue) {
        return; // Cancelled meanwhile, or finished by another worker.
      }
      if (current.purpose === 'import') {
        await this.makePlaylist(tx, current, reading);
      } else {
        await this.propose(tx, current, reading);
      }
      if (current.state === 'completed') {
        await this.store.forgetPages(tx, current);
      }
    });
    return false;
  }

  private async makePlaylist({ manager }: Transaction, one: PlaylistImport, reading: Reading): Promise<void> {
    const now = this.clock.now();
    const source = { kind: one.platform, url: one.url };
    const playlist = Playlist.compose(one.userId, draftOf(reading, one.title), source, now);
    await manager.insert(Playlist, playlist);
    one.complete(playlist.id, reportOf(reading), now);
  }

  private async propose({ manager }: Transaction, one: PlaylistImport, reading: Reading): Promise<void> {
    const playlist = one.playlistId && (await manager.findOneBy(Playlist, { id: one.playlistId, ownerId: one.userId }));
    const now = this.clock.now();
    if (!playlist) {
      const { code, message } = new RefreshedPlaylistGoneError();
      one.fail({ code, message }, now);
      return;
    }
    one.propose(changesBetween(playlist.tracks, reading.tracks), playlist.version, reportOf(reading), now);
  }

  /** What passes is waited for; what does not is told. */
  private async stumble({ userId, id }: PlaylistImport, error: DomainError): Promise<void> {
    const now = this.clock.now();
    await this.store.change(userId, id, async (one, tx) => {
      if (!one.isDue) {
        return;
      }
      if (error instanceof PlatformBusyError) {
        one.wait(error.until);
      } else if (error instanceof PlatformPassingError && one.failures < MOST_FAILURES) {
        one.wait(new Date(now.getTime() + FIRST_RETRY_MS * 2 ** one.failures));
        one.failures += 1;
      } else {
        one.fail({ code: error.code, message: error.message }, now);
        await this.store.forgetPages(tx, one);
      }
    });
  }
}
