/** Lets things that concern the same server happen one after the other, and different servers side by side. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.last.set(key, turn);
    const forget = (): void => {
      if (this.last.get(key) === turn) {
        this.last.delete(key);
      }
    };
    turn.then(forget, forget);
    return turn;
  }

  /** Resolves when everything that has been asked for is over. */
  async settle(): Promise<void> {
    await Promise.allSettled([...this.last.values()]);
  }
}
