const MOST = 50;
const WINDOW_MS = 5_000;

/** Deezer's: 50 requests in any 5 seconds. A refused one is not counted. */
export class Quota {
  private times: number[] = [];

  constructor(private readonly now: () => Date) {}

  admit(): boolean {
    const now = this.now().getTime();
    this.times = this.times.filter((time) => time > now - WINDOW_MS);
    if (this.times.length >= MOST) {
      return false;
    }
    this.times.push(now);
    return true;
  }

  forget(): void {
    this.times = [];
  }
}
