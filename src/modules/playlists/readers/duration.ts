import { MAX_DURATION_SECONDS } from '../playlist-track.js';

const NUMBER = /^\d+(\.\d+)?$/;
const CLOCK = /^(?:(\d+):)?(\d{1,3}):(\d{2})(?:\.\d+)?$/;

/** Whole seconds; null for what is no plausible length: 0, or more than 24 hours. */
export function plausibleSeconds(seconds: number): number | null {
  const whole = Math.round(seconds);
  return whole >= 1 && whole <= MAX_DURATION_SECONDS ? whole : null;
}

/** `200040` milliseconds, as Spotify counts. Null when unknown. */
export function readMilliseconds(text: string): number | null {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) ? plausibleSeconds(Number(trimmed) / 1000) : null;
}

/** `200` seconds, `3:20` or `1:02:03`. Null when unknown. */
export function readSeconds(text: string): number | null {
  const trimmed = text.trim();
  if (NUMBER.test(trimmed)) {
    return plausibleSeconds(Number(trimmed));
  }
  const [, hours = '0', minutes, seconds] = CLOCK.exec(trimmed) ?? [];
  return minutes === undefined ? null : plausibleSeconds(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}
