const WINDOW_MS = 300_000;

/** Counts exactly: in no window of 5 minutes are there more calls than the rate allows on average. */
export class RequestRate {
  private readonly callsPerWindow: number;
  private times: number[] = [];
  private oldest = 0;

  constructor(callsPerSecond: number) {
    this.callsPerWindow = (callsPerSecond * WINDOW_MS) / 1000;
  }

  /** A refused call is not counted. */
  admit(at: Date): boolean {
    const now = at.getTime();
    while ((this.times[this.oldest] ?? Infinity) <= now - WINDOW_MS) {
      this.oldest += 1;
    }
    if (this.times.length - this.oldest >= this.callsPerWindow) {
      return false;
    }
    this.compact();
    this.times.push(now);
    return true;
  }

  private compact(): void {
    if (this.oldest > this.callsPerWindow) {
      this.times = this.times.slice(this.oldest);
      this.oldest = 0;
    }
  }
}
