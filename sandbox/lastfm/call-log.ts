const CAPACITY = 20_000;

/** One API call as it was met. */
export interface SandboxCall {
  readonly at: Date;
  /** Lower-case, as in `track.scrobble`; empty when none was named. */
  readonly method: string;
  /** Whose session key, token or history it was about, as far as known. */
  readonly username: string | null;
  /** How many tracks a write carried. */
  readonly itemCount: number;
  /** `ok`, the number of the error, the kind of the fault that spoilt the answer, or `in-flight`. */
  outcome: string | number;
}

/** The newest calls, in order of arrival. */
export class CallLog {
  readonly calls: SandboxCall[] = [];

  /** Kept from arrival on, so that a test can look while the call is still in flight. */
  begin(call: Omit<SandboxCall, 'outcome'>): SandboxCall {
    const entry: SandboxCall = { ...call, outcome: 'in-flight' };
    if (this.calls.push(entry) > CAPACITY) {
      this.calls.shift();
    }
    return entry;
  }

  clear(): void {
    this.calls.length = 0;
  }
}
