import { PlatformBusyError } from '../platforms.errors.js';
import { DeezerQuota } from './deezer-quota.js';

const START = Date.parse('2026-01-15T12:00:00Z');

describe("Deezer's quota", () => {
  let now = START;
  const quotaNow = () => {
    now = START;
    return new DeezerQuota({ now: () => new Date(now) });
  };
  const refusedUntil = (quota: DeezerQuota): number | null => {
    try {
      quota.take();
      return null;
    } catch (error) {
      return error instanceof PlatformBusyError ? error.until.getTime() - START : NaN;
    }
  };

  it('lets 45 requests go in any 5 seconds, and says when the next may', () => {
    const quota = quotaNow();
    for (let count = 0; count < 45; count += 1) {
      quota.take();
      now += 10;
    }

    expect(refusedUntil(quota)).toBe(5_000);
    now = START + 5_000;
    expect(refusedUntil(quota)).toBeNull();
    expect(refusedUntil(quota)).toBe(5_010);
  });

  it('waits as a whole once Deezer has said that it is too much', () => {
    const quota = quotaNow();
    quota.pause();

    expect(refusedUntil(quota)).toBe(5_000);
    now = START + 5_000;
    expect(refusedUntil(quota)).toBeNull();
  });
});
