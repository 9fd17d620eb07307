import { randomBytes } from 'node:crypto';
import net, { type AddressInfo } from 'node:net';

import { hear, type KeeperMessage, say } from './keeper-message.js';

/** How long a server without visitors waits for the next one, for instance for an app that restarts after a crash. */
const GRACE_MS = 1_000;
/** The app that started the keeper comes within a blink, unless it died first. */
const FIRST_VISITOR_MS = 10_000;

/**
 * Where app processes hold on to the keeper: one connection each, on the loopback interface. A connection ends with its
 * process, however that dies, on every system alike.
 */
export class KeeperDoor {
  readonly knock = randomBytes(16).toString('hex');
  readonly welcome = randomBytes(16).toString('hex');
  /** Settles once: when the last visitor has let go, or has gone and none came within the grace. Not during a start. */
  readonly deserted: Promise<void>;
  private readonly visitors = new Set<net.Socket>();
  private readonly listener = net.createServer((socket) => {
    this.receive(socket);
  });
  private state: KeeperMessage | undefined;
  /** What the next visitor is told: the start may have gone on before the first one came. */
  private story: KeeperMessage[] = [];
  private grace: NodeJS.Timeout | undefined;
  private hadVisitors = false;
  private isClosed = false;
  private desert!: () => void;

  constructor() {
    this.deserted = new Promise((resolve) => {
      this.desert = resolve;
    });
  }

  /** @returns the port */
  async open(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.listener.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return (this.listener.address() as AddressInfo).port;
  }

  /** Tells everybody inside. What is not just a log line is the new state, which later visitors hear first. */
  announce(message: KeeperMessage): void {
    for (const visitor of this.visitors) {
      say(visitor, message);
    }
    this.story.push(message);
    if (message.kind !== 'log') {
      this.state = message;
      this.watchForDesertion();
    }
  }

  /** Lets nobody in any more. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.grace);
    this.listener.close();
  }

  /** Lets go of who is still inside, when all that was said to them is on its way. */
  async sayGoodbye(): Promise<void> {
    await Promise.all([...this.visitors].map((visitor) => new Promise<void>((resolve) => visitor.end(resolve))));
  }

  private receive(socket: net.Socket): void {
    hear(socket, (message) => {
      if (message.kind === 'knock' && message.secret === this.knock && !this.isClosed) {
        this.admit(socket);
      } else if (message.kind === 'release' && this.visitors.has(socket)) {
        this.release(socket);
      } else {
        socket.destroy();
      }
    });
  }

  private admit(socket: net.Socket): void {
    this.hadVisitors = true;
    this.visitors.add(socket);
    socket.on('close', () => {
      this.visitors.delete(socket);
      this.watchForDesertion();
    });
    say(socket, { kind: 'welcome', secret: this.welcome });
    for (const message of this.story) {
      say(socket, message);
    }
    if (this.state) {
      this.story = [this.state];
    }
    this.watchForDesertion();
  }

  private watchForDesertion(): void {
    clearTimeout(this.grace);
    if (this.state?.kind === 'failed' && this.hadVisitors) {
      this.desert(); // a failure is told once: the next start tries anew
    } else if (this.state && this.visitors.size === 0) {
      this.grace = setTimeout(this.desert, this.hadVisitors ? GRACE_MS : FIRST_VISITOR_MS);
    }
  }

  /** The last one stays connected until the server has stopped, and so knows when it has. */
  private release(socket: net.Socket): void {
    if (this.visitors.size > 1) {
      this.visitors.delete(socket); // at once, so that of two who let go together one is the last
      socket.end();
    } else {
      this.desert();
    }
  }
}
