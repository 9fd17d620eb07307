import type { Clock } from '../clock.js';

interface Entry<Value> {
  loading: Promise<Value>;
  /** Undefined while it is being loaded. */
  value?: Value;
  loadedAt: number;
}

/**
 * Remembers what was loaded, for a while. What is dropped while it is being loaded is not remembered afterwards: it may have
 * been read before the change it was dropped for.
 */
export class LoadingCache<Value> {
  private readonly entries = new Map<string, Entry<Value>>();

  /** @param capacity past so many the oldest goes */
  constructor(
    private readonly clock: Clock,
    private readonly lifetimeMs: number,
    private readonly capacity: number,
  ) {}

  /** @param load one call serves all who ask meanwhile; what it throws is not remembered */
  get(key: string, load: () => Promise<Value>): Promise<Value> {
    const now = this.clock.now().getTime();
    const known = this.entries.get(key);
    if (known && now - known.loadedAt < this.lifetimeMs) {
      return known.loading;
    }
    const entry: Entry<Value> = { loading: load(), loadedAt: now };
    this.keep(key, entry);
    entry.loading.then(
      (value) => {
        entry.value = value;
      },
      () => {
        this.forget(key, entry);
      },
    );
    return entry.loading;
  }

  /** Forgets what is stale, and all that is only being loaded. */
  drop(isStale: (value: Value) => boolean): void {
    for (const [key, { value }] of this.entries) {
      if (value === undefined || isStale(value)) {
        this.entries.delete(key);
      }
    }
  }

  clear(): void {
    this.entries.clear();
  }

  private keep(key: string, entry: Entry<Value>): void {
    this.entries.delete(key);
    const [oldest] = this.entries.keys();
    if (oldest !== undefined && this.entries.size >= this.capacity) {
      this.entries.delete(oldest);
    }
    this.entries.set(key, entry);
  }

  private forget(key: string, entry: Entry<Value>): void {
    if (this.entries.get(key) === entry) {
      this.entries.delete(key);
    }
  }
}
