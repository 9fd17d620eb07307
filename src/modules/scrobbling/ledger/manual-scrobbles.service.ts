import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { ASSUMED_TRACK_SECONDS } from '../runs/planner/pace.js';
import { PlayedInFutureError, PlayedTooEarlyError } from '../scrobbling.errors.js';
import { ScrobbleHistory } from './scrobble-history.service.js';
import { ScrobbleLedger } from './scrobble-ledger.service.js';
import type { ScrobbleRecord } from './scrobble-record.js';

/** Clocks of people's machines differ a little. */
const FUTURE_TOLERANCE_MS = 60_000;

export interface TypedTrack {
  artist: string;
  title: string;
  album?: string | undefined;
  albumArtist?: string | undefined;
  durationSeconds?: number | undefined;
  /** When it started; unset: now, and for a list as if it had just been played through. */
  playedAt?: Date | undefined;
}

/** Scrobbles that a person enters: one track, an album, a pasted list. */
@Injectable()
export class ManualScrobbles {
  constructor(
    private readonly ledger: ScrobbleLedger,
    private readonly history: ScrobbleHistory,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Records them all or none. @returns them in the order given
   * @throws PlayedInFutureError, PlayedTooEarlyError
   */
  async record(userId: UserId, tracks: readonly TypedTrack[]): Promise<ScrobbleRecord[]> {
    const now = this.clock.now();
    const starts = startTimes(tracks, now);
    if (starts.some((start) => start.getTime() > now.getTime() + FUTURE_TOLERANCE_MS)) {
      throw new PlayedInFutureError();
    }
    // Last.fm and every history count from then on; years before are slips of the pen.
    if (starts.some((start) => start.getTime() < 0)) {
      throw new PlayedTooEarlyError();
    }
    const plays = tracks.map((track, index) => ({
      userId,
      artist: track.artist,
      title: track.title,
      album: track.album ?? null,
      albumArtist: track.albumArtist ?? null,
      durationSeconds: track.durationSeconds ?? null,
      playedAt: starts[index] ?? now,
      source: 'manual' as const,
      provenance: 'manual' as const,
      chosenByUser: true,
    }));
    const ids = await this.unitOfWork.run((tx) => this.ledger.record(tx, plays));
    return this.history.findInOrder(userId, ids);
  }
}

/** Tracks without a time are laid out backwards: the last one starts now, each earlier one before it by its length. */
function startTimes(tracks: readonly TypedTrack[], now: Date): Date[] {
  const starts: Date[] = [];
  let following: number | undefined;
  for (const [index, { playedAt, durationSeconds }] of [...tracks.entries()].reverse()) {
    if (playedAt) {
      starts[index] = new Date(Math.floor(playedAt.getTime() / 1000) * 1000);
      continue;
    }
    following =
      following === undefined
        ? Math.floor(now.getTime() / 1000)
        : following - (durationSeconds ?? ASSUMED_TRACK_SECONDS);
    starts[index] = new Date(following * 1000);
  }
  return starts;
}
