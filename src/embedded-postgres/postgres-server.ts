import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net, { type AddressInfo } from 'node:net';

import { type DataFolder } from './data-folder.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { type OsAccount } from './os-account.js';
import { becomesTrue, pause } from './pause.js';
import { type PostgresBinaries } from './postgres-binaries.js';
import { folderArgument, type PostgresCluster } from './postgres-cluster.js';
import { readPostmasterFile } from './postmaster-file.js';
import { serverSettings } from './server-settings.js';
import { askToStop } from './stop-server.js';

/** Recovery after a power cut reads what was written since the last checkpoint, which takes minutes on a slow disk. */
const START_MS = 300_000;
const FAST_STOP_MS = 60_000;
const ATTEMPTS = 20;
/** Somebody took the free port first, or the last processes of a killed server are still going: both pass. */
const PASSING_TROUBLE = /could not bind|could not create any TCP\/IP sockets|pre-existing shared memory block/;

/** The running server, as the keeper sees it. */
export class PostgresServer {
  port = 0;
  private pid = 0;
  private hasEnded = false;
  private ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly folder: DataFolder,
    private readonly binaries: PostgresBinaries,
    private readonly cluster: PostgresCluster,
    private readonly account: OsAccount | null,
  ) {}

  /** @throws EmbeddedPostgresError with what the server said last */
  async start(settings: Record<string, string>): Promise<void> {
    fs.closeSync(this.folder.openLog(this.folder.serverLog)); // there, and short, from here on
    for (let attempt = 1; ; attempt++) {
      this.port = await freePort();
      this.cluster.writeSettings(serverSettings(this.port, settings));
      const logged = fs.statSync(this.folder.serverLog).size;
      if (await this.attempt()) {
        return;
      }
      const said = fs.readFileSync(this.folder.serverLog).subarray(logged).toString().trim();
      if (attempt === ATTEMPTS || !PASSING_TROUBLE.test(said)) {
        throw new EmbeddedPostgresError(
          `The embedded PostgreSQL did not start. It said: ${said.slice(-1_500) || 'nothing'}\n` +
            `(Its log is ${this.folder.serverLog}. Set DATABASE_URL to use a PostgreSQL database of your own.)`,
        );
      }
      await pause(500);
    }
  }

  /** Resolves when the server has ended, for whatever reason. */
  whenEnded(): Promise<void> {
    return this.ended;
  }

  async stop(): Promise<void> {
    if (this.hasEnded) {
      return;
    }
    await askToStop(this.folder, this.binaries, this.pid, 'fast');
    if (!(await becomesTrue(() => this.hasEnded, { withinMs: FAST_STOP_MS }))) {
      await askToStop(this.folder, this.binaries, this.pid, 'immediate');
      await this.ended;
    }
  }

  private async attempt(): Promise<boolean> {
    this.hasEnded = false;
    this.ended = (process.platform === 'win32' ? this.launchOnWindows() : this.launch()).then(() => {
      this.hasEnded = true;
    });
    if (!(await becomesTrue(() => this.hasEnded || this.isReady(), { withinMs: START_MS }))) {
      await this.stop();
    }
    return this.isReady();
  }

  private isReady(): boolean {
    const file = readPostmasterFile(this.folder.cluster);
    return file?.pid === this.pid && file.isReady;
  }

  /** @returns when the server has ended */
  private launch(): Promise<void> {
    const log = this.folder.openLog(this.folder.serverLog);
    const server = spawn(
      this.binaries.program('postgres'),
      ['-D', folderArgument(this.account, this.folder.cluster)],
      // It writes to the log itself, so that it does not depend on us to go on.
      { ...(this.account ?? {}), cwd: this.folder.cluster, stdio: ['ignore', log, log] },
    );
    fs.closeSync(log);
    this.pid = server.pid ?? 0;
    return new Promise((resolve) => {
      server
        .on('error', () => {
          resolve();
        })
        .on('exit', () => {
          resolve();
        });
    });
  }

  /** Only pg_ctl starts a server with the rights of an administrator dropped. The server is not our child then. */
  private async launchOnWindows(): Promise<void> {
    const { cluster, serverLog } = this.folder;
    this.pid = -1;
    const pgCtl = spawn(
      this.binaries.program('pg_ctl'),
      ['start', '-D', cluster, '-l', serverLog, '-w', '-t', String(START_MS / 1_000)],
      { cwd: cluster, stdio: 'ignore', windowsHide: true },
    );
    const code = await new Promise<number | null>((resolve) => {
      pgCtl
        .on('error', () => {
          resolve(null);
        })
        .on('exit', resolve);
    });
    this.pid = (code === 0 && readPostmasterFile(cluster)?.pid) || 0;
    while (this.pid > 0 && isRunning(this.pid)) {
      await pause(250);
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const listener = net.createServer();
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return port;
}
