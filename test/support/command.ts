import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A command of an operator, run from the built server as a process of its own. */
export class RunningCommand {
  readonly result: Promise<CommandResult>;

  private constructor(private readonly child: ChildProcess) {
    this.result = this.collect();
  }

  static start(args: readonly string[], env: NodeJS.ProcessEnv): RunningCommand {
    return new RunningCommand(
      spawn(process.execPath, [MAIN, ...args], {
        env: { PATH: process.env['PATH'], ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  /** As a power cut would. */
  async killHard(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.result;
  }

  private async collect(): Promise<CommandResult> {
    let [stdout, stderr] = ['', ''];
    this.child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    await once(this.child, 'close');
    return { code: this.child.exitCode, stdout, stderr };
  }
}

export function runCommand(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
  return RunningCommand.start(args, env).result;
}
