import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { type DataFolder } from './data-folder.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { EXIT_CODE } from './keeper-exit-code.js';

/** Longer than the longest stop of a server, since its keeper has the folder until then. */
const PATIENCE_MS = 120_000;
/** A keeper that found the folder kept costs the start of a Node process, so it is not tried on every look. */
const BETWEEN_LAUNCHES_MS = 250;
const BARE_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin' };

/** Starts keepers until one of them, or another process's, answers. */
export class KeeperLauncher {
  private keeper: ChildProcess | undefined;
  private launchedAt = -Infinity;
  private trouble: Error | undefined;
  private readonly giveUpAt = performance.now() + PATIENCE_MS;

  constructor(
    private readonly folder: DataFolder,
    private readonly settings: Record<string, string>,
    private readonly environment: Record<string, string>,
  ) {}

  /** @throws EmbeddedPostgresError when there is no use in trying on */
  ensureLaunched(): void {
    if (this.keeper) {
      this.requireHope(this.keeper);
    }
    const isRunning = this.keeper?.exitCode === null && this.keeper.signalCode === null;
    if (!isRunning && performance.now() >= this.launchedAt + BETWEEN_LAUNCHES_MS) {
      this.launch();
    }
  }

  private launch(): void {
    const log = this.folder.openLog(this.folder.keeperLog);
    this.launchedAt = performance.now();
    this.keeper = spawn(
      process.execPath,
      [fileURLToPath(new URL('./keeper.js', import.meta.url)), this.folder.path, JSON.stringify(this.settings)],
      {
        cwd: path.parse(this.folder.path).root, // holds no folder that somebody wants to unmount or remove
        detached: true, // out of the terminal's process group, and out of ours
        env: { ...BARE_ENVIRONMENT, ...this.environment },
        stdio: ['ignore', log, log],
        windowsHide: true,
      },
    );
    this.keeper.on('error', (error) => (this.trouble = error));
    this.keeper.unref();
    fs.closeSync(log);
  }

  private requireHope(keeper: ChildProcess): void {
    if (keeper.exitCode === EXIT_CODE.keptElsewhere) {
      throw new EmbeddedPostgresError(
        `The database in ${this.folder.path} is in use from another container or machine. Only one can run it: stop ` +
          'the other one, give each its own DATA_DIR, or share a PostgreSQL server by DATABASE_URL.',
      );
    }
    if (this.trouble || keeper.exitCode === EXIT_CODE.broken || performance.now() > this.giveUpAt) {
      throw new EmbeddedPostgresError(
        `The embedded PostgreSQL could not be started; ${this.folder.keeperLog} says why. ` +
          'Set DATABASE_URL to use a PostgreSQL database of your own instead.',
        { cause: this.trouble },
      );
    }
  }
}
