import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import { PlatformBusyError } from '../platforms.errors.js';

/** Deezer takes 50; a few are left for whoever else shares our address. */
const MOST = 45;
const WINDOW_MS = 5_000;
/** When Deezer says that it was too many, everything waits for a whole window. */
const PAUSE_MS = 5_000;

/**
 * Deezer's limit of 50 requests in any 5 seconds from one address, counted by each process. Where several share the
 * address Deezer itself says when it is too much, and that is heeded.
 * @see https://developers.deezer.com/guidelines
 */
@Injectable()
export class DeezerQuota {
  private times: number[] = [];
  private pausedUntil = 0;

  constructor(private readonly clock: Clock) {}

  /** Takes a place for one request. @throws PlatformBusyError that says when there will be one */
  take(): void {
    const now = this.clock.now().getTime();
    this.times = this.times.filter((time) => time > now - WINDOW_MS && time <= now);
    const freeAt = this.times.length < MOST ? now : (this.times[0] ?? now) + WINDOW_MS;
    const until = Math.max(freeAt, this.pausedUntil);
    if (until > now) {
      throw new PlatformBusyError('deezer', new Date(until));
    }
    this.times.push(now);
  }

  /** Deezer has refused one. @returns when to ask again */
  pause(): Date {
    this.pausedUntil = this.clock.now().getTime() + PAUSE_MS;
    return new Date(this.pausedUntil);
  }
}
