import { nextUtcMidnight } from './utc-day.js';

describe('nextUtcMidnight', () => {
  it('is the next one, also from midnight itself and at the end of a year', () => {
    expect(nextUtcMidnight(new Date('2026-03-01T00:00:00Z')).toISOString()).toBe('2026-03-02T00:00:00.000Z');
    expect(nextUtcMidnight(new Date('2026-12-31T23:59:59.999Z')).toISOString()).toBe('2027-01-01T00:00:00.000Z');
  });
});
