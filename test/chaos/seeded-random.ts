import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** The same seed and purpose, the same numbers. Each purpose has a row of its own, so that none depends on another's pace. */
export class SeededRandom {
  private readonly generator;

  constructor(seed: number, purpose: string) {
    const mixed = Array.from(purpose).reduce(
      (hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0,
      seed | 0,
    );
    this.generator = xoroshiro128plus(mixed);
  }

  /** From `least` to `most`, both included. */
  int(least: number, most: number): number {
    return uniformInt(this.generator, least, most);
  }

  /** True in so many of a hundred cases. */
  percent(chance: number): boolean {
    return this.int(0, 99) < chance;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.int(0, items.length - 1)]!;
  }
}
