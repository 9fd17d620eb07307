import fs from 'node:fs';

import { errorCode } from './error-code.js';
import { pause } from './pause.js';

const HEARTBEAT_MS = 2_000;
const LISTEN_FOR_HEARTBEAT_MS = 5_000;

/** Where the keeper of a folder is found, readable by the owner of the app only. */
export interface KeeperAddress {
  /** For people who look for the process; nothing here decides by it. */
  pid: number;
  port: number;
  /** Proves to the keeper that the visitor may read this file. */
  knock: string;
  /** Proves to the visitor that the keeper wrote it: a port outlives nobody, and may be somebody else's by now. */
  welcome: string;
  /** Inside of which the folder lock is known to hold; see `lockScope`. */
  scope: string;
}

export class KeeperRecord {
  private heartbeat: NodeJS.Timeout | undefined;

  constructor(private readonly file: string) {}

  /** The address written last, or null while there is none (or only half of one). */
  read(): KeeperAddress | null {
    try {
      return JSON.parse(fs.readFileSync(this.file, 'utf8')) as KeeperAddress;
    } catch {
      return null;
    }
  }

  /**
   * Writes the address, and keeps the file's time moving while this process lives.
   * @returns false when a keeper outside of the lock's scope (another container or machine on the same volume) has it
   */
  async take(address: KeeperAddress): Promise<boolean> {
    const former = this.read();
    if (former && former.scope !== address.scope && (await this.isBeating())) {
      return false;
    }
    fs.rmSync(this.file, { force: true });
    try {
      fs.writeFileSync(this.file, JSON.stringify(address), { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if (errorCode(error) === 'EEXIST') {
        return false;
      }
      throw error;
    }
    this.heartbeat = setInterval(() => {
      this.beat();
    }, HEARTBEAT_MS).unref();
    return true;
  }

  remove(): void {
    clearInterval(this.heartbeat);
    fs.rmSync(this.file, { force: true });
  }

  private beat(): void {
    const now = (performance.timeOrigin + performance.now()) / 1_000;
    fs.utimes(this.file, now, now, () => undefined);
  }

  /** Watches the file rather than comparing clocks, which need not agree between machines. */
  private async isBeating(): Promise<boolean> {
    const before = this.modified();
    const end = performance.now() + LISTEN_FOR_HEARTBEAT_MS;
    while (performance.now() < end) {
      await pause(100);
      if (this.modified() !== before) {
        return this.read() !== null;
      }
    }
    return false;
  }

  private modified(): number | undefined {
    return fs.statSync(this.file, { throwIfNoEntry: false })?.mtimeMs;
  }
}
