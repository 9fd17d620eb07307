import { plausibleSeconds, readMilliseconds, readSeconds } from './duration.js';

describe('durations', () => {
  it.each([
    ['200', 200],
    ['3:20', 200],
    ['03:20', 200],
    ['1:02:03', 3723],
    ['90:00', 5400],
    [' 199.6 ', 200],
    ['86400', 86_400],
    ['86401', null],
    ['0', null],
    ['-5', null],
    ['', null],
    ['3 min', null],
    ['1e3', null],
  ])('%j is %j seconds', (text, seconds) => {
    expect(readSeconds(text)).toBe(seconds);
  });

  it.each([
    ['200040', 200],
    ['499', null],
    ['500', 1],
    ['86400000', 86_400],
    ['90000000', null],
    ['3:20', null],
  ])('%j milliseconds are %j seconds', (text, seconds) => {
    expect(readMilliseconds(text)).toBe(seconds);
  });

  it('does not know endless or undefined lengths', () => {
    expect([Infinity, NaN, -1].map(plausibleSeconds)).toEqual([null, null, null]);
  });
});
