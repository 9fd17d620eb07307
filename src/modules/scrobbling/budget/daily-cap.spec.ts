import fc from 'fast-check';

import { capOn, learnCap } from './daily-cap.js';
import { utcDay } from './utc-day.js';

const day = (offset: number): string => utcDay(new Date(Date.UTC(2026, 0, 15 + offset)));
const configured = fc.integer({ min: 1, max: 5_000 });
const accepted = fc.nat(5_000);

describe('capOn', () => {
  it('is what is configured as long as Last.fm never refused', () => {
    expect(capOn(day(0), 600, null)).toBe(600);
  });

  it('is what Last.fm took on the day it refused more, and rises by a quarter a day after it', () => {
    const learned = learnCap(400, day(0));
    expect([0, 1, 2].map((offset) => capOn(day(offset), 600, learned))).toEqual([400, 500, 600]);
  });

  it('never sends nothing because something else had used the account up', () => {
    expect(capOn(day(0), 600, learnCap(0, day(0)))).toBe(50);
  });

  it('is never above what is configured, never falls from day to day, and forgets in the end', () => {
    fc.assert(
      fc.property(configured, accepted, fc.nat(400), (limit, taken, offset) => {
        const learned = learnCap(taken, day(0));
        const [today, tomorrow] = [capOn(day(offset), limit, learned), capOn(day(offset + 1), limit, learned)];
        expect(today).toBeGreaterThan(0);
        expect(today).toBeLessThanOrEqual(limit);
        expect(tomorrow).toBeGreaterThanOrEqual(today);
        expect(capOn(day(60), limit, learned)).toBe(limit);
      }),
    );
  });
});
