import type { WebSocket } from 'ws';

import type { GatewayLogin } from './gateway-login.js';
import { refusalOfIntents } from './intents.js';

const HEARTBEAT_MS = 41_250;
/** Discord takes 120 events a minute of one connection. */
const MOST_PER_MINUTE = 120;

const OP = { heartbeat: 1, identify: 2, presence: 3, voiceState: 4, resume: 6, reconnect: 7, members: 8 };
const ANSWER = { invalid: 9, hello: 10, acknowledged: 11 };

/** What a connection needs of the gateway behind it. */
export interface GatewayDesk {
  readonly token: string;
  open(intents: number, shard: readonly [number, number]): GatewayLogin;
  greet(login: GatewayLogin, shard: readonly [number, number]): void;
  find(loginId: unknown): GatewayLogin | null;
  noteResumption(): void;
  moveBot(wish: Record<string, unknown>, loginId: string): void;
}

interface Payload {
  op?: unknown;
  d?: unknown;
}

/**
 * One connection to the gateway. What is not said as Discord wants it ends the connection with Discord's close code.
 * @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
 */
export class GatewayLink {
  private login: GatewayLogin | null = null;
  private received = 0;

  constructor(
    private readonly socket: WebSocket,
    private readonly gateway: GatewayDesk,
  ) {
    socket.on('message', (message: Buffer) => {
      this.read(message.toString());
    });
    socket.on('close', () => {
      this.login?.detach();
    });
    this.send({ op: ANSWER.hello, d: { heartbeat_interval: HEARTBEAT_MS } });
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  close(code: number): void {
    this.socket.close(code);
  }

  /** Asks the client to connect again and resume. */
  askToReconnect(): void {
    this.send({ op: OP.reconnect, d: null });
  }

  private read(text: string): void {
    this.received += 1;
    if (this.received > MOST_PER_MINUTE) {
      this.close(4008);
      return;
    }
    let payload: Payload;
    try {
      payload = JSON.parse(text) as Payload;
    } catch {
      this.close(4002);
      return;
    }
    this.act(payload.op, (payload.d ?? null) as Record<string, unknown> | null);
  }

  private act(op: unknown, data: Record<string, unknown> | null): void {
    if (op === OP.heartbeat) {
      this.send({ op: ANSWER.acknowledged });
    } else if (op === OP.identify) {
      this.identify(data ?? {});
    } else if (op === OP.resume) {
      this.resume(data ?? {});
    } else {
      this.actIdentified(op, data ?? {});
    }
  }

  private actIdentified(op: unknown, data: Record<string, unknown>): void {
    if (this.login === null) {
      this.close(4003);
    } else if (op === OP.voiceState) {
      this.gateway.moveBot(data, this.login.id);
    } else if (op !== OP.presence && op !== OP.members) {
      this.close(4001);
    }
  }

  private identify(data: Record<string, unknown>): void {
    const { intents, shard } = { shard: [0, 1] as const, ...(data as { intents: unknown; shard?: [number, number] }) };
    if (this.login !== null) {
      this.close(4005);
    } else if (data['token'] !== this.gateway.token) {
      this.close(4004);
    } else if (!(shard[0] < shard[1])) {
      this.close(4010);
    } else {
      const refusal = refusalOfIntents(intents);
      if (refusal !== null) {
        this.close(refusal);
        return;
      }
      this.login = this.gateway.open(intents as number, shard);
      this.attach(this.login);
      this.gateway.greet(this.login, shard);
    }
  }

  private resume(data: Record<string, unknown>): void {
    const login = data['token'] === this.gateway.token ? this.gateway.find(data['session_id']) : null;
    const missed = login?.missedSince(data['seq']) ?? null;
    if (login === null || missed === null) {
      this.send({ op: ANSWER.invalid, d: false });
      return;
    }
    this.login = login;
    missed.forEach((dispatch) => {
      this.send(dispatch);
    });
    this.attach(login);
    login.dispatch('RESUMED', {});
    this.gateway.noteResumption();
  }

  private attach(login: GatewayLogin): void {
    login.attach((dispatch) => {
      this.send(dispatch);
    });
  }

  private send(payload: object): void {
    if (this.isOpen) {
      this.socket.send(JSON.stringify(payload));
    }
  }
}
