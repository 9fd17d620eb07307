import { randomBytes } from 'node:crypto';

import type { WebSocket } from 'ws';

import type { MusicLibrary } from './music-library.js';
import { NodePlayer } from './node-player.js';

/** A client of the node and its players: Lavalink calls it a session. It outlives its connection where it may be resumed. */
export class NodeClient {
  readonly id = randomBytes(8).toString('hex');
  readonly players = new Map<string, NodePlayer>();
  mayResume = false;
  timeoutSeconds = 60;
  private socket: WebSocket | null = null;
  private missed: object[] = [];
  private lostAt: number | null = null;

  constructor(
    private readonly library: MusicLibrary,
    private readonly now: () => Date,
  ) {}

  get isWaiting(): boolean {
    const { lostAt } = this;
    return this.mayResume && lostAt !== null && this.now().getTime() - lostAt <= this.timeoutSeconds * 1000;
  }

  attach(socket: WebSocket, isResumed: boolean): void {
    this.socket = socket;
    this.lostAt = null;
    this.send({ op: 'ready', resumed: isResumed, sessionId: this.id });
    this.missed.splice(0).forEach((message) => {
      this.send(message);
    });
    socket.on('close', () => {
      this.socket = null;
      this.lostAt = this.now().getTime();
      if (!this.mayResume) {
        this.players.clear();
      }
    });
  }

  cut(): void {
    this.socket?.terminate();
  }

  player(guildId: string): NodePlayer {
    const known = this.players.get(guildId);
    if (known) {
      return known;
    }
    const player = new NodePlayer(guildId, this.library, this.now, (event) => {
      this.send({ op: 'event', guildId, ...event });
    });
    this.players.set(guildId, player);
    return player;
  }

  /** Ends what is over, and says where everything stands, as a node does every few seconds. */
  tick(): void {
    for (const player of this.players.values()) {
      player.tick();
      this.send({ op: 'playerUpdate', guildId: player.guildId, state: player.state });
    }
  }

  private send(message: object): void {
    if (this.socket) {
      this.socket.send(JSON.stringify(message));
    } else if (this.mayResume) {
      this.missed.push(structuredClone(message));
    }
  }
}
