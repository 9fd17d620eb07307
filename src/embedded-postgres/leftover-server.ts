import fs from 'node:fs';
import path from 'node:path';

import { Client } from 'pg';

import { type DataFolder } from './data-folder.js';
import { databaseUrl } from './database-url.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { errorCode } from './error-code.js';
import { becomesTrue } from './pause.js';
import { type PostgresBinaries } from './postgres-binaries.js';
import { type PostmasterFile, postmasterFilePath, readPostmasterFile } from './postmaster-file.js';
import { askToStop } from './stop-server.js';

const FAST_STOP_MS = 60_000;
const CANNOT_CONNECT_NOW = '57P03'; // a server that is starting or stopping

/**
 * A server that outlived its keeper, which only happens when the keeper was killed. The keeper that comes next holds
 * the folder lock, so any server on this cluster is such a one.
 */
export class LeftoverServer {
  constructor(
    private readonly folder: DataFolder,
    private readonly binaries: PostgresBinaries,
  ) {}

  /**
   * Stops it if there is one, and makes sure that a file it left does not keep the next one from starting.
   * @throws EmbeddedPostgresError when it does not stop
   */
  async clear(log: (line: string) => void): Promise<void> {
    const found = readPostmasterFile(this.folder.cluster);
    if (!found) {
      return;
    }
    if (await this.isAlive(found)) {
      log(`Stopping a PostgreSQL (process ${found.pid}) that outlived a killed start.`);
      await this.stop(found);
    }
    this.disownFile();
  }

  private async stop(found: PostmasterFile): Promise<void> {
    const hasGone = async (): Promise<boolean> => !(await this.isAlive(found));
    await askToStop(this.folder, this.binaries, found.pid, 'fast');
    if (await becomesTrue(hasGone, { withinMs: FAST_STOP_MS })) {
      return;
    }
    await askToStop(this.folder, this.binaries, found.pid, 'immediate');
    if (!(await becomesTrue(hasGone, { withinMs: 10_000 }))) {
      throw new EmbeddedPostgresError(
        `A PostgreSQL on ${this.folder.cluster} (process ${found.pid}) does not stop. End it, then start again.`,
      );
    }
  }

  /** A number alone proves nothing: after a crash or in a restarted container it may be anybody's by now. */
  private async isAlive(found: PostmasterFile): Promise<boolean> {
    if (!(found.pid > 0)) {
      return false;
    }
    return process.platform === 'linux' ? this.worksInCluster(found.pid) : this.answers(found);
  }

  /** Every process of a server has the cluster as its working directory. */
  private worksInCluster(pid: number): boolean {
    try {
      const its = fs.statSync(`/proc/${pid}/cwd`, { bigint: true });
      const ours = fs.statSync(this.folder.cluster, { bigint: true });
      const program = path.basename(fs.readlinkSync(`/proc/${pid}/exe`));
      return its.dev === ours.dev && its.ino === ours.ino && program.startsWith('postgres');
    } catch {
      return false; // no such process, a zombie, or another user's
    }
  }

  private async answers({ pid, port }: PostmasterFile): Promise<boolean> {
    if (!isAnyProcess(pid) || !(port > 0)) {
      return false;
    }
    const client = new Client({
      connectionString: databaseUrl(port, this.folder.readPassword(), 'postgres'),
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ data_directory: string }>('show data_directory');
      return fs.realpathSync(rows[0]?.data_directory ?? '') === fs.realpathSync(this.folder.cluster);
    } catch (error) {
      return errorCode(error) === CANNOT_CONNECT_NOW;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /**
   * PostgreSQL refuses to start when the file names any living process, but not when it names its own parent, which is
   * us. The rest of the file stays: by it PostgreSQL finds out whether shared memory of the old server is still in use.
   */
  private disownFile(): void {
    const file = postmasterFilePath(this.folder.cluster);
    const [pid, ...rest] = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : [];
    if (!(Number(pid) > 0) || process.platform === 'win32') {
      fs.rmSync(file, { force: true });
      return;
    }
    const draft = this.folder.file('postmaster.pid.new');
    fs.rmSync(draft, { force: true });
    fs.writeFileSync(draft, [String(process.pid), ...rest].join('\n'), { mode: 0o644 });
    fs.renameSync(draft, file);
  }
}

function isAnyProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
