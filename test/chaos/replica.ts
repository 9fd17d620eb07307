import { setTimeout as pause } from 'node:timers/promises';

import { ServerProcess } from '../support/server-process.js';

/** One of the servers, always on the same port: started, killed and started again. */
export class Replica {
  readonly origin: string;
  kills = 0;
  /** Starts that failed, as they must while the database is away. */
  failedStarts = 0;
  /** Why it ended although nobody killed it. */
  readonly ownEnds: string[] = [];
  private readonly outputs: Array<() => string> = [];
  private server: ServerProcess | undefined;
  private isWanted = true;

  constructor(
    readonly name: string,
    port: number,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    this.origin = `http://127.0.0.1:${port}`;
    this.env = { ...env, PORT: String(port), PUBLIC_URL: this.origin };
  }

  /** Tries until it runs. */
  async start(): Promise<void> {
    while (this.isWanted) {
      try {
        const server = await ServerProcess.start(this.env);
        this.server = server;
        this.outputs.push(server.output);
        void server.ended().then(() => {
          if (this.server === server) {
            this.ownEnds.push(server.output().slice(-2_000));
            void this.start();
          }
        });
        return;
      } catch (error) {
        this.failedStarts += 1;
        this.outputs.push(() => String(error));
        await pause(100);
      }
    }
  }

  async kill(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    this.kills += 1;
    await server?.killHard();
  }

  /** For good. */
  async stop(): Promise<void> {
    this.isWanted = false;
    const { server } = this;
    this.server = undefined;
    await server?.killHard();
  }

  get output(): string {
    return this.outputs.map((output, life) => `── ${this.name}, life ${life + 1}\n${output()}`).join('\n');
  }
}
