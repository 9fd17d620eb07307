import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { DomainError } from '../../../common/errors/domain-error.js';
import type { UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { NowPlaying } from '../../lastfm/index.js';
import {
  PlatformBusyError,
  type PlayedSong,
  SpotifyNotConnectedError,
  SpotifyPlayer,
  type SpotifySong,
} from '../../platforms/index.js';
import { MAX_NAME_LENGTH } from '../../playlists/index.js';
import type { Play } from '../ledger/play.js';
import { ScrobbleLedger } from '../ledger/scrobble-ledger.service.js';
import { SpotifyListening } from './spotify-listening.entity.js';

/** One look at what one person hears at Spotify. See ADR 27. */
@Injectable()
export class ListeningVisits {
  constructor(
    private readonly player: SpotifyPlayer,
    private readonly ledger: ScrobbleLedger,
    private readonly nowPlaying: NowPlaying,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Records what is new, in the transaction that remembers it, and announces what plays now.
   * @throws what `SpotifyPlayer` throws
   */
  async look(userId: UserId): Promise<void> {
    const played = await this.player.recentlyPlayed(userId);
    const current = await this.player.currentlyPlaying(userId);
    const isNews = await this.change(userId, async (one, tx) => {
      const now = this.clock.now();
      const fresh = one.takeNew(played).filter(isStorable);
      if (fresh.length > 0) {
        await this.ledger.record(
          tx,
          fresh.map((song) => playOf(userId, song)),
        );
      }
      one.settle(current !== null, now);
      return one.takeCurrent(current, now);
    });
    if (isNews === true && current && isStorable(current)) {
      const { artist, title, album, durationSeconds } = current;
      const announced = { artist, title, album: album || null, durationSeconds: Math.round(durationSeconds) || null };
      await this.nowPlaying.announce(userId, announced);
    }
  }

  /** It could not be looked at. Whoever has disconnected Spotify wishes for nothing any more. */
  async stumble(userId: UserId, error: DomainError): Promise<void> {
    await this.change(userId, async (one, tx) => {
      if (error instanceof SpotifyNotConnectedError) {
        await tx.manager.delete(SpotifyListening, { userId });
        return;
      }
      const { code, message } = error;
      one.stumble({ code, message }, this.clock.now(), error instanceof PlatformBusyError ? error.until : null);
    });
  }

  /** The lane before the row of one's own, as everywhere: see ADR 3. */
  private async change<Result>(
    userId: UserId,
    work: (one: SpotifyListening, tx: Transaction) => Promise<Result>,
  ): Promise<Result | null> {
    return this.unitOfWork.run(async (tx) => {
      await this.ledger.lock(tx, [userId]);
      const one = await tx.manager.findOne(SpotifyListening, {
        where: { userId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!one) {
        return null; // Switched off meanwhile.
      }
      const result = await work(one, tx);
      const { dueAt, heard, announced, failures, problem } = one;
      await tx.manager.update(SpotifyListening, { userId }, { dueAt, heard, announced, failures, problem });
      return result;
    });
  }
}

function playOf(userId: UserId, { artist, title, album, durationSeconds, playedAt }: PlayedSong): Play {
  const seconds = Math.round(durationSeconds);
  return {
    userId,
    ...{ artist, title, album: album || null, albumArtist: null, durationSeconds: seconds > 0 ? seconds : null },
    // Spotify says when it ended; a scrobble says when it began.
    playedAt: new Date(Math.floor(playedAt.getTime() / 1000 - seconds) * 1000),
    source: 'ingest',
    provenance: 'heard',
    chosenByUser: true,
  };
}

function isStorable({ artist, title, album }: SpotifySong): boolean {
  return [artist, title, album].every((name) => name.length <= MAX_NAME_LENGTH);
}
