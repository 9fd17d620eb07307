import { Clock } from '../../src/common/clock.js';

const START = '2026-01-15T12:00:00Z';

/** Time stands still until the test moves it. */
export class FixedClock extends Clock {
  private current = new Date(START);

  override now(): Date {
    return new Date(this.current);
  }

  set(moment: string): void {
    this.current = new Date(moment);
  }

  advance(by: { seconds?: number; minutes?: number; hours?: number; days?: number }): void {
    const { seconds = 0, minutes = 0, hours = 0, days = 0 } = by;
    const total = seconds + 60 * (minutes + 60 * (hours + 24 * days));
    this.current = new Date(this.current.getTime() + total * 1000);
  }

  reset(): void {
    this.current = new Date(START);
  }
}
