import { randomBytes } from 'node:crypto';

import { isWanted } from './intents.js';

export interface Dispatch {
  readonly op: 0;
  readonly s: number;
  readonly t: string;
  readonly d: unknown;
}

const MOST_KEPT = 1_000;
const SHARD_SHIFT = 22n;

/** One identified bot: what it asked for, and what it was sent, so that a broken connection can be resumed. */
export class GatewayLogin {
  readonly id = randomBytes(16).toString('hex');
  private readonly sent: Dispatch[] = [];
  private sequence = 0;
  private deliver: ((dispatch: Dispatch) => void) | null = null;

  constructor(
    private readonly intents: number,
    private readonly shard: readonly [id: number, count: number],
  ) {}

  /** Whether this shard is the one that hears of a server. */
  hears(guildId: string): boolean {
    return Number((BigInt(guildId) >> SHARD_SHIFT) % BigInt(this.shard[1])) === this.shard[0];
  }

  attach(deliver: (dispatch: Dispatch) => void): void {
    this.deliver = deliver;
  }

  detach(): void {
    this.deliver = null;
  }

  /** Sends an event, or keeps it for the resumption. */
  dispatch(type: string, data: unknown): void {
    if (!isWanted(type, this.intents)) {
      return;
    }
    this.sequence += 1;
    const dispatch = { op: 0 as const, s: this.sequence, t: type, d: structuredClone(data) };
    this.sent.push(dispatch);
    this.sent.splice(0, this.sent.length - MOST_KEPT);
    this.deliver?.(dispatch);
  }

  /** What was sent after this number; null where it is not known any more, or never was. */
  missedSince(sequence: unknown): Dispatch[] | null {
    if (typeof sequence !== 'number' || sequence > this.sequence || sequence < this.sequence - this.sent.length) {
      return null;
    }
    return this.sent.filter(({ s }) => s > sequence);
  }
}
