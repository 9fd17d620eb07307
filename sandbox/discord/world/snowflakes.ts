const DISCORD_EPOCH_MS = 1_420_070_400_000n;
const TIME_SHIFT = 22n;

/** Discord's ids: the moment in the upper 42 bits, so that a library reads from them when something came into being. */
export class Snowflakes {
  private counter = 0n;

  constructor(private readonly now: () => Date) {}

  next(): string {
    this.counter += 1n;
    const milliseconds = BigInt(this.now().getTime()) - DISCORD_EPOCH_MS;
    return String((milliseconds << TIME_SHIFT) | (this.counter & 0x3f_ffffn));
  }
}
