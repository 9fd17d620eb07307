import type { Fault, FaultTarget } from '../../sandbox/lastfm/faults.js';
import type { ChaosTime } from './chaos-time.js';
import type { SeededRandom } from './seeded-random.js';

/** Last.fm holds the line for so long; we hang up after 20 s. */
const STALL_MS = 30_000;
const SINGLE_PERCENT = 22;
const BURST_PERCENT = 2;
const LAG_PERCENT = 25;

type Choice = (random: SeededRandom) => Fault;

const EITHER: readonly Choice[] = [
  () => ({ kind: 'drop' }),
  () => ({ kind: 'cut' }),
  () => ({ kind: 'html', status: 503 }),
  () => ({ kind: 'error', code: 8 }),
  () => ({ kind: 'error', code: 16 }),
  () => ({ kind: 'truncated-json', accepting: false }),
  () => ({ kind: 'stall', milliseconds: STALL_MS, accepting: false }),
];

const OF_SCROBBLING: readonly Choice[] = [
  ...EITHER,
  () => ({ kind: 'cut-after-accepting' }),
  () => ({ kind: 'html-after-accepting', status: 500 }),
  () => ({ kind: 'html-after-accepting', status: 503 }),
  () => ({ kind: 'error-after-accepting', code: 8 }),
  () => ({ kind: 'error-after-accepting', code: 16 }),
  () => ({ kind: 'truncated-json', accepting: true }),
  () => ({ kind: 'stall', milliseconds: STALL_MS, accepting: true }),
];

/** How many calls in a row. 29 stops everything for a minute each time. */
const BURSTS = [
  { code: 8, most: 6 },
  { code: 11, most: 6 },
  { code: 16, most: 6 },
  { code: 29, most: 2 },
] as const;

/** What goes wrong with the n-th call of a method: the same for the same seed, whoever makes that call. */
class MethodSchedule {
  private burst: { fault: Fault; left: number } | null = null;

  constructor(
    private readonly random: SeededRandom,
    private readonly singles: readonly Choice[],
    private readonly lags: boolean,
  ) {}

  next(): Fault | null {
    if (this.burst && this.burst.left > 0) {
      this.burst.left -= 1;
      return this.burst.fault;
    }
    const { random } = this;
    if (random.percent(BURST_PERCENT)) {
      const { code, most } = random.pick(BURSTS);
      this.burst = { fault: { kind: 'error', code }, left: random.int(1, most) - 1 };
      return this.burst.fault;
    }
    if (random.percent(SINGLE_PERCENT)) {
      return random.pick(this.singles)(random);
    }
    return this.lags && random.percent(LAG_PERCENT) ? { kind: 'lag', seconds: random.pick([20, 40, 60]) } : null;
  }
}

/** Everything that Last.fm does wrong in the course of one seed, and how often it did so far. */
export class FaultSchedule {
  readonly counts = new Map<string, number>();
  /** Who met which of them, by the name of their Last.fm account. */
  readonly met: Array<{ at: Date; username: string | null; name: string }> = [];
  private readonly methods: ReadonlyMap<string, MethodSchedule>;

  constructor(
    randomOf: (purpose: string) => SeededRandom,
    private readonly time: ChaosTime,
  ) {
    this.methods = new Map([
      ['track.scrobble', new MethodSchedule(randomOf('scrobble faults'), OF_SCROBBLING, false)],
      ['user.getrecenttracks', new MethodSchedule(randomOf('look-up faults'), EITHER, true)],
    ]);
  }

  choose({ method, username }: FaultTarget): Fault | null {
    const fault = this.methods.get(method)?.next() ?? null;
    if (!fault) {
      return null;
    }
    const name = nameOf(method, fault);
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    this.met.push({ at: this.time.now(), username, name });
    return fault.kind === 'stall' ? { ...fault, milliseconds: this.time.real(fault.milliseconds) } : fault;
  }
}

function nameOf(method: string, fault: Fault): string {
  const detail =
    'code' in fault
      ? ` ${fault.code}`
      : 'seconds' in fault
        ? ` of ${fault.seconds} s`
        : 'status' in fault
          ? ` ${fault.status}`
          : '';
  const effect = 'accepting' in fault && fault.accepting ? '-after-accepting' : '';
  return `${method === 'track.scrobble' ? 'scrobble' : 'look-up'} ${fault.kind}${detail}${effect}`;
}
