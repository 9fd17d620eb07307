import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { type DataFolder } from './data-folder.js';
import { DATABASE_NAME } from './database-url.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { errorCode } from './error-code.js';
import { canEnter, give, type OsAccount } from './os-account.js';
import { becomesTrue } from './pause.js';
import { type PostgresBinaries } from './postgres-binaries.js';

const DRAFT_PREFIX = 'new-cluster-';
const SETTINGS_FILE = 'universal-scrobbler.conf';

/**
 * The database cluster on disk: made on the first start, recognised later.
 *
 * Text is compared by code point (fast, and the same on every system and after every upgrade), while upper and lower
 * case follow Unicode; where people see a sorted list, the query names the collation.
 */
export class PostgresCluster {
  constructor(
    private readonly folder: DataFolder,
    private readonly binaries: PostgresBinaries,
    private readonly account: OsAccount | null,
  ) {}

  /** @throws EmbeddedPostgresError when another major version made it; nothing has been changed then */
  requireSameMajorVersion(): void {
    const file = path.join(this.folder.cluster, 'PG_VERSION');
    if (!fs.existsSync(file)) {
      throw new EmbeddedPostgresError(
        `${this.folder.cluster} is not a whole database: its PG_VERSION is missing. Restore ${this.folder.path} from a ` +
          'backup, or move it away to begin with an empty database.',
      );
    }
    const version = fs.readFileSync(file, 'utf8').trim();
    if (version !== this.binaries.majorVersion) {
      throw new EmbeddedPostgresError(
        `The database in ${this.folder.cluster} was made by PostgreSQL ${version}, and this version of Universal ` +
          `Scrobbler comes with PostgreSQL ${this.binaries.majorVersion}. Nothing was changed. Start the former ` +
          'version and export with pg_dump, then import into an empty DATA_DIR, or set DATABASE_URL.',
      );
    }
  }

  /** Throws away what interrupted attempts to make a cluster left behind. */
  removeDrafts(): void {
    for (const name of fs.readdirSync(this.folder.path).filter((entry) => entry.startsWith(DRAFT_PREFIX))) {
      try {
        fs.rmSync(this.folder.file(name), { recursive: true, force: true, maxRetries: 5 });
      } catch (error) {
        console.error(`${name} is left for the next start to remove.`, error);
      }
    }
  }

  /**
   * Makes the cluster under another name and renames it when it is complete. Each attempt has a name of its own, so
   * that an initdb that is still dying, after its keeper was killed, disturbs nobody.
   */
  async create(durable: boolean): Promise<void> {
    fs.rmSync(this.folder.password, { force: true }); // without a cluster it opens nothing
    fs.writeFileSync(this.folder.password, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx', flush: true });
    give(this.account, this.folder.password);
    const draft = fs.mkdtempSync(this.folder.file(DRAFT_PREFIX));
    give(this.account, draft);
    await this.initialise(draft, durable);
    fs.appendFileSync(path.join(draft, 'postgresql.conf'), `\ninclude_if_exists = '${SETTINGS_FILE}'\n`);
    await rename(draft, this.folder.cluster);
    if (durable && process.platform !== 'win32') {
      syncFolder(this.folder.path);
    }
  }

  /** Settings go through a file because no command line has to quote them then, least of all that of Windows. */
  writeSettings(settings: Record<string, string>): void {
    const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`);
    const draft = this.folder.file(`${SETTINGS_FILE}.new`);
    fs.rmSync(draft, { force: true });
    fs.writeFileSync(
      draft,
      `# Written at each start. What postgresql.conf says after the line that includes this file wins.\n${lines.join('')}`,
    );
    give(this.account, draft);
    fs.renameSync(draft, path.join(this.folder.cluster, SETTINGS_FILE));
  }

  private async initialise(draft: string, durable: boolean): Promise<void> {
    const options = [
      ['-D', folderArgument(this.account, draft)],
      ['-U', DATABASE_NAME],
      ['--pwfile', path.join('..', path.basename(this.folder.password))],
      ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'],
      ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
      durable ? [] : ['--no-sync'],
    ].flat();
    const initdb = spawn(this.binaries.program('initdb'), options, {
      ...(this.account ?? {}),
      cwd: draft,
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    });
    let complaint = '';
    initdb.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
    const code = await new Promise<number | null>((resolve, reject) => {
      initdb.on('error', reject).on('close', resolve);
    });
    if (code !== 0) {
      throw new EmbeddedPostgresError(
        `The database could not be made in ${this.folder.path}: ${complaint.trim() || `initdb ended with ${code}`}. ` +
          'Set DATABASE_URL to use a PostgreSQL database of your own instead.',
      );
    }
  }
}

/**
 * How to name a folder to a program that starts in it. An account that cannot walk there from the root, as below a
 * private home, is put into it instead: `/proc/self/cwd` leads there without the way.
 */
export function folderArgument(account: OsAccount | null, folder: string): string {
  if (canEnter(account, folder)) {
    return folder;
  }
  if (process.platform === 'linux') {
    return '/proc/self/cwd';
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and the account it runs as instead cannot get into ${folder}. ` +
      'Start as another user, point DATA_DIR at a folder that is not below a private one, or set DATABASE_URL.',
  );
}

/** On Windows a virus scanner may hold new files for a moment. */
async function rename(from: string, to: string): Promise<void> {
  const attempt = (): boolean => {
    try {
      fs.renameSync(from, to);
      return true;
    } catch (error) {
      if (process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '')) {
        return false;
      }
      throw error;
    }
  };
  if (!(await becomesTrue(attempt, { withinMs: 10_000, everyMs: 100 }))) {
    fs.renameSync(from, to);
  }
}

function syncFolder(folder: string): void {
  const handle = fs.openSync(folder, 'r');
  fs.fsyncSync(handle);
  fs.closeSync(handle);
}
