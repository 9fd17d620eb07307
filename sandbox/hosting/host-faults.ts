/** What can go wrong with one request to a stand-in. */
export type HostFault =
  /** An answer of the test's own. */
  | { kind: 'answer'; status: number; body: string; headers?: Record<string, string> }
  /** The connection ends before the request is looked at. */
  | { kind: 'drop' }
  /** The connection ends in the middle of the answer's body. */
  | { kind: 'cut' }
  /** Half a document, and a content-length that agrees with it. */
  | { kind: 'truncated' }
  /** Waits, then goes on as if nothing had been. */
  | { kind: 'stall'; milliseconds: number }
  /** Runs when the request is there and not answered yet; then goes on. */
  | { kind: 'hook'; run: () => Promise<unknown> };

interface Rule {
  readonly fault: HostFault;
  /** Only requests whose path, without the query, begins with this. */
  readonly path: string;
}

/** What a test, or a person at play, wants to go wrong. One fault at most for a request: a one-shot before a standing one. */
export class HostFaults {
  private oneShots: Rule[] = [];
  private standing: Rule[] = [];

  /** Goes wrong once, with the next such request. Several are used up in the order given. */
  next(fault: HostFault, path = '/'): void {
    this.oneShots.push({ fault, path });
  }

  /** Goes wrong with every such request until the returned function is called. */
  always(fault: HostFault, path = '/'): () => void {
    const rule = { fault, path };
    this.standing.push(rule);
    return () => {
      this.standing = this.standing.filter((other) => other !== rule);
    };
  }

  clear(): void {
    this.oneShots = [];
    this.standing = [];
  }

  /** The fault that a request meets. A one-shot is gone afterwards. */
  take(path: string): HostFault | null {
    const index = this.oneShots.findIndex((rule) => path.startsWith(rule.path));
    if (index >= 0) {
      return this.oneShots.splice(index, 1)[0]?.fault ?? null;
    }
    return this.standing.find((rule) => path.startsWith(rule.path))?.fault ?? null;
  }
}
