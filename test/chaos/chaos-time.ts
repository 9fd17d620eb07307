import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

/** Time in the world of the suite: the replicas and the sandbox Last.fm live so many times faster than we do. */
export class ChaosTime {
  private readonly epoch = Date.now();

  constructor(readonly speed: number) {}

  now(): Date {
    return new Date(this.epoch + (Date.now() - this.epoch) * this.speed);
  }

  /** How long that takes for us. */
  real(milliseconds: number): number {
    return Math.ceil(milliseconds / this.speed);
  }

  /** Waits so many seconds of that world, or until the signal. */
  async sleep(seconds: number, signal?: AbortSignal): Promise<void> {
    await pause(this.real(seconds * 1000), undefined, signal && { signal }).catch(() => undefined);
  }

  /** What a server's environment needs to live in it. */
  environment(): NodeJS.ProcessEnv {
    const preload = pathToFileURL(path.resolve('test/chaos/fast-time.mjs')).href;
    return {
      NODE_OPTIONS: `--import=${preload}`,
      CHAOS_SPEED: String(this.speed),
      CHAOS_EPOCH: String(this.epoch),
    };
  }
}
