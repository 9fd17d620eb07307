import type { IncomingMessage } from 'node:http';

import { StandInServer } from '../hosting/stand-in-server.js';
import { takeWebSockets } from '../hosting/web-sockets.js';
import { LavalinkRefusal } from './lavalink-refusal.js';
import { MusicLibrary } from './music-library.js';
import { NodeClient } from './node-client.js';
import type { NodePlayer } from './node-player.js';
import { registerNodeRoutes } from './node.routes.js';

const SOCKET_PATH = '/v4/websocket';
const LIVE_TICK_MS = 500;
const DEADLINE_MS = 20_000;

interface SandboxOptions {
  readonly password: string;
  readonly port?: number | undefined;
  /** Tests pass a clock that they move, and call `tick`. Without one time is real and passes by itself. */
  readonly now?: (() => Date) | undefined;
}

/** A Lavalink node of our own on loopback: it plays to nobody, in time. */
export class LavalinkSandbox {
  readonly library = new MusicLibrary();
  /** One sentence for each request that was refused. A client that behaves leaves it empty. */
  readonly refusals: string[] = [];
  readonly password: string;
  private readonly server = new StandInServer('lavalink');
  private readonly now: () => Date;
  private readonly timer: NodeJS.Timeout | undefined;
  private clients: NodeClient[] = [];
  private watchers = new Set<() => void>();
  private isDead = false;

  private constructor(options: SandboxOptions) {
    this.password = options.password;
    this.now = options.now ?? (() => new Date());
    registerNodeRoutes(this.server.http, this);
    takeWebSockets(this.server.http, {
      path: SOCKET_PATH,
      refuse: (request) => this.refusalOf(request),
      headers: (request) => [`Session-Resumed: ${String(this.findWaiting(request) !== null)}`],
      take: (socket, request) => {
        const waiting = this.findWaiting(request);
        const client = waiting ?? new NodeClient(this.library, this.now);
        this.clients = [...this.clients.filter((each) => each !== client), client];
        client.attach(socket, waiting !== null);
        this.changed();
      },
    });
    if (!options.now) {
      this.timer = setInterval(() => {
        this.tick();
      }, LIVE_TICK_MS);
    }
  }

  static async start(options: SandboxOptions): Promise<LavalinkSandbox> {
    const sandbox = new LavalinkSandbox(options);
    await sandbox.server.listen(options.port ?? 0);
    return sandbox;
  }

  get faults() {
    return this.server.faults;
  }

  get origin(): string {
    return this.server.origin;
  }

  /** What LAVALINK_NODES is set to. */
  get node(): string {
    return `${new URL(this.origin).host}:${this.password}`;
  }

  /** Lets happen what is due by the clock. */
  tick(): void {
    this.clients.forEach((client) => {
      client.tick();
    });
    this.changed();
  }

  /** Whether somebody is connected, and has settled in. */
  get isUsed(): boolean {
    return this.clients.some(({ mayResume }) => mayResume);
  }

  /** What plays in a server, or null. */
  in(guildId: string): NodePlayer | null {
    const players = this.clients.flatMap((client) => client.players.get(guildId) ?? []);
    return players.at(-1) ?? null;
  }

  /** The connection breaks; the music plays on where the client may resume. */
  cut(): void {
    this.clients.forEach((client) => {
      client.cut();
    });
  }

  /** The node goes, with everything that plays, until it is started again. */
  die(): void {
    this.isDead = true;
    this.clients.forEach((client) => {
      client.mayResume = false;
      client.cut();
    });
    this.clients = [];
  }

  startAgain(): void {
    this.isDead = false;
  }

  /** Resolves when it is so. It looks after each request and each tick. */
  until<Result>(look: () => Result | null, what: string): Promise<Result> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.watchers.delete(check);
        reject(
          new Error(`Lavalink was not asked to ${what}. Refused so far: ${this.refusals.join(' | ') || 'nothing'}`),
        );
      }, DEADLINE_MS);
      const check = (): void => {
        const result = look();
        if (result !== null) {
          this.watchers.delete(check);
          clearTimeout(timer);
          resolve(result);
        }
      };
      this.watchers.add(check);
      check();
    });
  }

  reset(): void {
    this.server.forget();
    this.refusals.length = 0;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.server.close();
  }

  /** @throws LavalinkRefusal */
  requireClient(id: string): NodeClient {
    const client = this.clients.find((each) => each.id === id);
    if (!client) {
      throw new LavalinkRefusal(404, 'Session not found');
    }
    return client;
  }

  note(refusal: string): void {
    this.refusals.push(refusal);
  }

  changed(): void {
    [...this.watchers].forEach((watcher) => {
      watcher();
    });
  }

  private findWaiting({ headers }: IncomingMessage): NodeClient | null {
    const client = this.clients.find(({ id }) => id === headers['session-id']);
    return client?.isWaiting ? client : null;
  }

  private refusalOf({ headers }: IncomingMessage): number | null {
    if (this.isDead) {
      return 503;
    }
    if (headers.authorization !== this.password) {
      return 401;
    }
    const isNamed = /^\d+$/.test(headers['user-id']?.toString() ?? '') && headers['client-name'] !== undefined;
    return isNamed ? null : 400;
  }
}
