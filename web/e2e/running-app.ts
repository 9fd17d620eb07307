import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..');
/** All listeners of the journeys come from one address. */
const GENEROUS_LIMITS = { RATE_LIMIT_ADDRESS: '1000000', RATE_LIMIT_SIGN_IN: '1000000', RATE_LIMIT_USER: '1000000' };
const ADMIN = { email: 'root@example.org', password: 'seven yellow ducks' };
const START_TIMEOUT_MS = 180_000;

/** The real application as `npm start` runs it, with its sandbox Last.fm and a data folder of its own. */
export class RunningApp {
  /** The first administrator, who has not set up a second factor yet. */
  readonly admin = ADMIN;

  private constructor(
    private readonly child: ChildProcess,
    private readonly dataDir: string,
    readonly origin: string,
    readonly demo: { email: string; password: string },
  ) {}

  static async start(): Promise<RunningApp> {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'browser-journeys-'));
    const [port, sandboxPort] = [await freePort(), await freePort()];
    const child = spawn(process.execPath, [path.join(root, 'scripts', 'start.mjs')], {
      cwd: root,
      env: {
        ...process.env,
        PORT: String(port),
        SANDBOX_PORT: String(sandboxPort),
        DATA_DIR: dataDir,
        SANDBOX: 'discord,spotify,deezer',
        ADMIN_EMAIL: ADMIN.email,
        ADMIN_PASSWORD: ADMIN.password,
        ...GENEROUS_LIMITS,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const notice = await said(
      child,
      /Open (?<origin>\S+)\s+Sign in with\s+(?<email>\S+)\s+Password\s+(?<password>\S+)/,
    );
    const { origin = '', email = '', password = '' } = notice;
    return new RunningApp(child, dataDir, origin, { email, password });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const exit = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      await exit;
    }
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** Waits until the process has printed something like this. @returns the named parts of it */
async function said(child: ChildProcess, pattern: RegExp): Promise<Record<string, string>> {
  let output = '';
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(patience);
      reject(new Error(`${why}\n${output}`));
    };
    const patience = setTimeout(() => {
      child.kill('SIGTERM');
      fail('The application did not start in time.');
    }, START_TIMEOUT_MS);
    child.once('exit', () => {
      fail('The application ended before it had started.');
    });
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const groups = pattern.exec(output)?.groups;
      if (groups) {
        clearTimeout(patience);
        resolve(groups);
      }
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('There is no free port.');
  }
  return address.port;
}
