import { backoffSeconds } from './backoff.js';

describe('backoffSeconds', () => {
  it('doubles from 5 seconds and stops at 15 minutes', () => {
    expect([1, 2, 3, 8, 9, 500].map(backoffSeconds)).toEqual([5, 10, 20, 640, 900, 900]);
  });
});
