import net from 'node:net';

import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { hear, type KeeperMessage, say, type VisitorMessage } from './keeper-message.js';
import { type KeeperAddress } from './keeper-record.js';

const WELCOME_WITHIN_MS = 5_000;

/** An app process's hold on the keeper. */
export class KeeperConnection {
  /** What the keeper has come to: it ends with `ready` and then perhaps `lost`, or with `failed`. */
  private state: KeeperMessage | undefined;
  private released = false;
  private readonly stateListeners: (() => void)[] = [];
  private readonly lostListeners: ((reason: string) => void)[] = [];

  private constructor(
    private readonly socket: net.Socket,
    private readonly log: (line: string) => void,
  ) {}

  /** @returns null when no keeper answers at that address */
  static async knock(address: KeeperAddress, log: (line: string) => void): Promise<KeeperConnection | null> {
    const socket = net.connect({ host: '127.0.0.1', port: address.port });
    const connection = new KeeperConnection(socket, log);
    const welcomed = await new Promise<boolean>((resolve) => {
      let isInside = false;
      const limit = setTimeout(() => socket.destroy(), WELCOME_WITHIN_MS);
      socket.once('connect', () => {
        say(socket, { kind: 'knock', secret: address.knock });
      });
      socket.once('close', () => {
        clearTimeout(limit);
        resolve(false);
      });
      hear(socket, (message) => {
        if (isInside) {
          connection.take(message);
        } else if (message.kind === 'welcome' && message.secret === address.welcome) {
          isInside = true;
          clearTimeout(limit);
          resolve(true);
        } else {
          socket.destroy();
        }
      });
    });
    socket.once('close', () => {
      connection.take({ kind: 'lost', reason: 'The process that keeps the embedded PostgreSQL has ended.' });
    });
    return welcomed && !socket.destroyed ? connection : null;
  }

  /**
   * Waits for as long as the keeper is busy starting.
   * @returns the port of the server, or null when the keeper went away without a word
   * @throws EmbeddedPostgresError when it says why it cannot
   */
  async ready(): Promise<number | null> {
    if (!this.state) {
      await new Promise<void>((resolve) => this.stateListeners.push(resolve));
    }
    if (this.state?.kind === 'failed') {
      this.socket.destroy();
      throw new EmbeddedPostgresError(this.state.reason);
    }
    this.socket.unref(); // a held server is no reason for the app to live on
    return this.state?.kind === 'ready' ? this.state.port : null;
  }

  onLost(listener: (reason: string) => void): void {
    this.lostListeners.push(listener);
    if (this.state?.kind === 'lost' && !this.released) {
      listener(this.state.reason);
    }
  }

  /** Resolves when the keeper has let go, which for the last visitor is when the server has stopped. */
  async release(): Promise<void> {
    if (this.socket.closed) {
      return;
    }
    this.socket.ref();
    const closed = new Promise<void>((resolve) =>
      this.socket.once('close', () => {
        resolve();
      }),
    );
    if (!this.released) {
      this.released = true;
      say(this.socket, { kind: 'release' });
    }
    await closed;
  }

  private take(message: KeeperMessage | VisitorMessage): void {
    if (message.kind === 'log') {
      this.log(message.line);
    } else if (message.kind === 'ready' || message.kind === 'failed') {
      this.settle(message);
    } else if (message.kind === 'lost' && this.state?.kind !== 'lost') {
      this.settle(message);
      if (!this.released) {
        this.lostListeners.forEach((listener) => {
          listener(message.reason);
        });
      }
    }
  }

  private settle(state: KeeperMessage): void {
    this.state = state;
    this.stateListeners.splice(0).forEach((listener) => {
      listener();
    });
  }
}
