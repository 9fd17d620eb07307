import fs from 'node:fs';
import path from 'node:path';

import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { errorCode } from './error-code.js';

const MARKER = 'ABOUT-THIS-FOLDER.txt';
const MARKER_TEXT = `This folder belongs to the embedded PostgreSQL of Universal Scrobbler.

cluster/   the database itself
password   what the app signs in to it with
*.log      what the server said

Copy or move the folder as a whole, and only while the app is stopped.
`;
/** What a file system or a file manager puts into a folder by itself. */
const NOT_CONTENT = new Set(['lost+found', '.DS_Store']);
const LOG_LIMIT_BYTES = 1_000_000;

/**
 * The folder under which everything of one embedded server lies. The cluster is a subfolder that appears by a rename,
 * so that it is either whole or not there, and nothing outside of the names below is ever touched.
 */
export class DataFolder {
  readonly cluster: string;
  readonly password: string;
  readonly keeperRecord: string;
  readonly keeperLock: string;
  readonly keeperLog: string;
  readonly serverLog: string;

  constructor(readonly path: string) {
    this.cluster = this.file('cluster');
    this.password = this.file('password');
    this.keeperRecord = this.file('keeper.json');
    this.keeperLock = this.file('keeper.lock');
    this.keeperLog = this.file('keeper.log');
    this.serverLog = this.file('postgres.log');
  }

  /**
   * Makes the folder ours, or recognises it as ours.
   * @throws EmbeddedPostgresError for a folder that holds something else, or that cannot be written
   */
  static claim(dataDir: string): DataFolder {
    const asked = path.resolve(dataDir);
    try {
      fs.mkdirSync(path.dirname(asked), { recursive: true });
      makePrivateFolder(asked);
      const folder = new DataFolder(fs.realpathSync(asked));
      folder.requireOurs();
      return folder;
    } catch (error) {
      if (error instanceof EmbeddedPostgresError) {
        throw error;
      }
      throw new EmbeddedPostgresError(
        `The database folder ${asked} cannot be used (${error instanceof Error ? error.message : String(error)}). ` +
          'Point DATA_DIR at a folder this user can write to, or set DATABASE_URL.',
        { cause: error },
      );
    }
  }

  file(name: string): string {
    return path.join(this.path, name);
  }

  hasCluster(): boolean {
    return fs.existsSync(this.cluster);
  }

  /** What the app signs in with: made together with the cluster, and useless without it. */
  readPassword(): string {
    try {
      return fs.readFileSync(this.password, 'utf8').trim();
    } catch (error) {
      throw new EmbeddedPostgresError(
        `The password of the database in ${this.path} cannot be read (${this.password}). Put the file back, from a ` +
          'backup of the folder for instance, or set DATABASE_URL.',
        { cause: error },
      );
    }
  }

  /** Opens a log for appending. A long one starts anew; one that another user left is replaced. */
  openLog(file: string): number {
    try {
      const tooLong = (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES;
      return fs.openSync(file, tooLong ? 'w' : 'a', 0o600);
    } catch (error) {
      if (errorCode(error) !== 'EACCES') {
        throw error;
      }
      fs.rmSync(file, { force: true });
      return fs.openSync(file, 'a', 0o600);
    }
  }

  private requireOurs(): void {
    const content = fs.readdirSync(this.path).filter((name) => !NOT_CONTENT.has(name));
    // The marker is asked for after the listing: it is the first thing that another starting process puts there.
    if (content.length > 0 && !fs.existsSync(this.file(MARKER))) {
      throw new EmbeddedPostgresError(
        `The folder ${this.path} is not empty and was not made by Universal Scrobbler, so it is left alone. ` +
          'Point DATA_DIR elsewhere, empty the folder yourself, or set DATABASE_URL.',
      );
    }
    try {
      fs.writeFileSync(this.file(MARKER), MARKER_TEXT, { flag: 'wx', mode: 0o644 });
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') {
        throw error;
      }
    }
    fs.accessSync(this.path, fs.constants.W_OK);
  }
}

/**
 * Root keeps the folder, so that the account that PostgreSQL runs as cannot lay traps where root writes, but lets that
 * account pass through to the cluster.
 */
function makePrivateFolder(folder: string): void {
  const isRoot = process.getuid?.() === 0;
  try {
    fs.mkdirSync(folder, { mode: isRoot ? 0o711 : 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') {
      throw error;
    }
  }
  const { uid, mode } = fs.statSync(folder);
  if (isRoot && uid === 0 && (mode & 0o001) === 0) {
    fs.chmodSync(folder, (mode & 0o777) | 0o011);
  }
}
