import fc from 'fast-check';

import { coverOf, daysOf, type DayRange, localDay, type PeriodCover, shifted } from './period.js';

const PLAYED: DayRange = { from: '2023-11-07', to: '2026-01-15' };

/** Whether a day is in a period: a year, a month or for ever. */
const holds = (period: string, day: string): boolean => period === 'ever' || day.startsWith(`${period}-`);
const timesCovered = ({ whole, rest }: PeriodCover, day: string): number =>
  whole.filter((period) => holds(period, day)).length + rest.filter(({ from, to }) => from <= day && day <= to).length;

describe('coverOf', () => {
  it.each([
    { from: '2020-01-01', to: '2030-01-01', whole: ['ever'], rest: [] },
    { from: '2024-01-01', to: '2024-12-31', whole: ['2024'], rest: [] },
    { from: '2024-02-01', to: '2024-02-29', whole: ['2024-02'], rest: [] },
    { from: '2024-12-31', to: '2025-12-31', whole: ['2025'], rest: [{ from: '2024-12-31', to: '2024-12-31' }] },
    {
      from: '2025-11-30',
      to: '2026-01-15',
      whole: ['2025-12', '2026'],
      rest: [{ from: '2025-11-30', to: '2025-11-30' }],
    },
    {
      from: '2000-01-01',
      to: '2023-11-30',
      whole: [
        '2023-01',
        '2023-02',
        '2023-03',
        '2023-04',
        '2023-05',
        '2023-06',
        '2023-07',
        '2023-08',
        '2023-09',
        '2023-10',
        '2023-11',
      ],
      rest: [],
    },
  ])('puts $from to $to together', ({ from, to, whole, rest }) => {
    expect(coverOf({ from, to }, PLAYED)).toEqual({ whole, rest });
  });

  it('covers every day on which anything was played exactly once, and no other one', () => {
    const days = daysOf({ from: shifted(PLAYED.from, -40), to: shifted(PLAYED.to, 40) });
    const day = fc.constantFrom(...days);
    fc.assert(
      fc.property(day, day, (one, other) => {
        const range = { from: one < other ? one : other, to: one < other ? other : one };
        const cover = coverOf(range, PLAYED);
        const wrong = daysOf(PLAYED).filter(
          (each) => timesCovered(cover, each) !== (range.from <= each && each <= range.to ? 1 : 0),
        );
        expect(wrong).toEqual([]);
      }),
    );
  });
});

describe('localDay', () => {
  it.each([
    ['2026-01-15T23:30:00Z', 'Europe/Berlin', '2026-01-16'],
    ['2026-01-15T02:00:00Z', 'America/New_York', '2026-01-14'],
    ['2025-10-26T23:30:00Z', 'Europe/Berlin', '2025-10-27'],
  ])('of %s in %s is %s', (moment, timeZone, day) => {
    expect(localDay(new Date(moment), timeZone)).toBe(day);
  });
});
