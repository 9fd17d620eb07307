import { daysBetween, type UtcDay } from './utc-day.js';

/** What Last.fm's refusal taught us: on that day it took no more than this. */
export interface LearnedCap {
  cap: number;
  on: UtcDay;
}

/** Something else may have used the account up before we sent anything: that is no reason to send nothing tomorrow. */
const LEAST_LEARNED = 50;
/** A lesson fades: each day after it the belief rises by a quarter, so a mistaken one is forgotten within two weeks. */
const RECOVERY_A_DAY = 1.25;

/**
 * Last.fm took this many of an account's scrobbles today and then no more.
 * @see PROTOCOLS 1.8: the cap is undocumented and has changed before
 */
export function learnCap(acceptedToday: number, on: UtcDay): LearnedCap {
  return { cap: Math.max(LEAST_LEARNED, acceptedToday), on };
}

/** How many scrobbles of an account there may be on a day before automation stops: never more than is configured. */
export function capOn(day: UtcDay, configured: number, learned: LearnedCap | null): number {
  if (!learned) {
    return configured;
  }
  const days = Math.max(0, daysBetween(learned.on, day));
  return Math.min(configured, Math.floor(learned.cap * RECOVERY_A_DAY ** Math.min(days, 100)));
}
