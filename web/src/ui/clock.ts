import { useSyncExternalStore } from 'react';

/** The time, for everything on the page that shows how long ago or how soon; one timer a step. */
class PageClock {
  private now = 0;
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly watchers = new Set<() => void>();

  constructor(private readonly stepMs: number) {}

  readonly read = (): number => {
    const current = Math.floor(Date.now() / this.stepMs) * this.stepMs;
    this.now = Math.max(this.now, current);
    return this.now;
  };

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    this.timer ??= setInterval(() => {
      this.watchers.forEach((each) => {
        each();
      });
    }, this.stepMs);
    return () => {
      this.watchers.delete(watcher);
      if (this.watchers.size === 0) {
        clearInterval(this.timer);
        this.timer = undefined;
      }
    };
  };
}

const secondsClock = new PageClock(1_000);
const slowClock = new PageClock(10_000);

/** Milliseconds since 1970, stepping every second. */
export const useSeconds = (): number => useSyncExternalStore(secondsClock.watch, secondsClock.read);
/** Milliseconds since 1970, stepping every ten seconds. */
export const useTenSeconds = (): number => useSyncExternalStore(slowClock.watch, slowClock.read);
