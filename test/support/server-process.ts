import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const START_DEADLINE_MS = 90_000;

/** The built server as a process of its own: it can be killed. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly origin: string,
    readonly output: () => string,
  ) {}

  /** Resolves when the server says that it is running. @throws with its output when it ends instead */
  static async start(env: NodeJS.ProcessEnv): Promise<ServerProcess> {
    const port = env['PORT'] ?? String(await freePort());
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH: process.env['PATH'], ...env, PORT: port },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const running = new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        output += chunk.toString();
        if (output.includes('is running')) {
          resolve();
        }
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code) => {
        reject(new Error(`The server ended with ${String(code)}:\n${output}`));
      });
    });
    const tooLate = AbortSignal.timeout(START_DEADLINE_MS);
    await Promise.race([running, once(tooLate, 'abort')]);
    if (tooLate.aborted) {
      child.kill('SIGKILL');
      throw new Error(`The server did not start in time:\n${output}`);
    }
    return new ServerProcess(child, `http://127.0.0.1:${port}`, () => output);
  }

  /** As a power cut would. */
  async killHard(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended();
  }

  /** @returns its exit code */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return this.ended();
  }

  /** Resolves when it has ended, for whatever reason. @returns its exit code */
  async ended(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await once(this.child, 'exit');
    }
    return this.child.exitCode;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
