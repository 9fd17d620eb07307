import { RequestRate } from './request-rate.js';

/** What can go wrong with one API call. "Accepting" means that the call has taken full effect before it goes wrong. */
export type Fault =
  | { kind: 'error'; code: number; message?: string; status?: number }
  | { kind: 'error-after-accepting'; code: number; message?: string; status?: number }
  | { kind: 'html'; status: number }
  | { kind: 'html-after-accepting'; status: number }
  /** An answer of the test's own; nothing has been accepted. */
  | { kind: 'body'; status: number; body: string }
  /** The connection ends in the middle of the answer's body; nothing has been accepted. */
  | { kind: 'cut' }
  /** Accepted, then lost: the connection ends without an answer. */
  | { kind: 'cut-after-accepting' }
  /** The connection ends before the call is looked at. */
  | { kind: 'drop' }
  /** A 200 with half a document, and a content-length that agrees with it. */
  | { kind: 'truncated-json'; accepting: boolean }
  /** Waits, then goes on as if nothing had been, or ends the connection without accepting. */
  | { kind: 'stall'; milliseconds: number; accepting: boolean }
  /** The item with that index, or every item, of a scrobble or now-playing call is ignored. Waits for such a call. */
  | { kind: 'ignore'; code: 1 | 2 | 3 | 4 | 5; index?: number }
  /** The recent tracks leave out what was accepted within so many seconds. Waits for a call that asks for them. */
  | { kind: 'lag'; seconds: number }
  /** Runs when the call has taken effect and is not answered yet. */
  | { kind: 'hook'; run: () => Promise<unknown> };

interface FaultFilter {
  /** As in `track.scrobble`; case does not matter. */
  method?: string;
  username?: string;
}

interface Rule {
  readonly fault: Fault;
  readonly filter: FaultFilter;
}

export interface FaultTarget {
  /** Lower-case. */
  readonly method: string;
  readonly username: string | null;
}

/** Of these kinds the methods that they can happen to; any other kind happens to every method. */
const METHODS_OF: Partial<Record<Fault['kind'], readonly string[]>> = {
  ignore: ['track.scrobble', 'track.updatenowplaying'],
  lag: ['user.getrecenttracks'],
};

/** What a test, or a person at play, wants to go wrong. One fault at most for a call: a one-shot before a standing one. */
export class Faults {
  private oneShots: Rule[] = [];
  private standing: Rule[] = [];
  private choose: (target: FaultTarget) => Fault | null = () => null;
  private rate: RequestRate | null = null;

  /** Goes wrong once, with the next call that the filter lets through. Several are used up in the order given. */
  next(fault: Fault, filter: FaultFilter = {}): void {
    this.oneShots.push({ fault, filter });
  }

  /** Goes wrong with every such call until the returned function is called. */
  always(fault: Fault, filter: FaultFilter = {}): () => void {
    const rule = { fault, filter };
    this.standing.push(rule);
    return () => {
      this.standing = this.standing.filter((other) => other !== rule);
    };
  }

  /** Asked about every call that meets no other fault, for a schedule that someone else keeps. */
  decideBy(choose: (target: FaultTarget) => Fault | null): void {
    this.choose = choose;
  }

  /**
   * From now on at most this many calls a second, averaged over any 5 minutes, all users together: more in one go are
   * fine as long as the average holds. Beyond it the answer is error 29, HTTP 429. Null takes the limit away.
   */
  limitRate(callsPerSecond: number | null): void {
    this.rate = callsPerSecond === null ? null : new RequestRate(callsPerSecond);
  }

  clear(): void {
    this.oneShots = [];
    this.standing = [];
    this.choose = () => null;
    this.rate = null;
  }

  /** Counts a call against the request rate; false when it is one too many. */
  admit(at: Date): boolean {
    return this.rate?.admit(at) ?? true;
  }

  /** The fault that this call meets. A one-shot is gone afterwards. */
  take(target: FaultTarget): Fault | null {
    const index = this.oneShots.findIndex((rule) => concerns(rule, target));
    if (index >= 0) {
      return this.oneShots.splice(index, 1)[0]?.fault ?? null;
    }
    return this.standing.find((rule) => concerns(rule, target))?.fault ?? this.choose(target);
  }
}

function concerns({ fault, filter }: Rule, { method, username }: FaultTarget): boolean {
  const isPossible = METHODS_OF[fault.kind]?.includes(method) ?? true;
  return isPossible && isSame(filter.method, method) && isSame(filter.username, username);
}

function isSame(wanted: string | undefined, found: string | null): boolean {
  return wanted === undefined || wanted.toLowerCase() === found?.toLowerCase();
}
