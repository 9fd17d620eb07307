import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import { type HostFault, HostFaults } from './host-faults.js';

const HOST = '127.0.0.1';
const MAX_CALLS = 20_000;

export interface HostCall {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly userAgent: string;
}

/** A host of the outside world, stood in for on loopback over real HTTP: its server, its faults and what it was asked. */
export class StandInServer {
  readonly faults = new HostFaults();
  readonly calls: HostCall[] = [];
  readonly http: FastifyInstance;
  private readonly closing = new AbortController();

  /** @param name what `/sandbox/health` answers */
  constructor(name: string) {
    this.http = fastify({ logger: { level: 'error' }, forceCloseConnections: true });
    this.http.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => {
        done(null, Object.fromEntries(new URLSearchParams(body.toString())));
      },
    );
    this.http.get('/sandbox/health', () => ({ sandbox: name }));
    this.http.addHook('onRequest', (request, reply) => this.meet(request, reply));
    this.http.addHook('onSend', (request, _reply, payload) => Promise.resolve(spoilt(request, payload)));
  }

  async listen(port: number): Promise<void> {
    await this.http.listen({ host: HOST, port });
  }

  /** `http://127.0.0.1:PORT` */
  get origin(): string {
    const { port } = this.http.server.address() as AddressInfo;
    return `http://${HOST}:${port}`;
  }

  forget(): void {
    this.faults.clear();
    this.calls.length = 0;
  }

  /** Ends all connections, stalled ones too. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.http.close();
  }

  private async meet(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const path = request.url.split('?')[0] ?? '';
    if (path === '/sandbox/health') {
      return undefined;
    }
    this.calls.push({ method: request.method, url: request.url, userAgent: request.headers['user-agent'] ?? '' });
    this.calls.splice(0, this.calls.length - MAX_CALLS);
    const fault = this.faults.take(path);
    return fault ? this.apply(fault, request, reply) : undefined;
  }

  private async apply(
    fault: HostFault,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> {
    switch (fault.kind) {
      case 'answer':
        return reply
          .code(fault.status)
          .headers(fault.headers ?? { 'content-type': 'application/json' })
          .send(fault.body);
      case 'drop':
        request.raw.socket.destroy();
        return reply.hijack();
      case 'cut':
        reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 });
        reply.raw.write('{"data":[', () => request.raw.socket.destroy());
        return reply.hijack();
      case 'truncated':
        TRUNCATED.add(request.raw);
        return undefined;
      case 'stall':
        await setTimeout(fault.milliseconds, undefined, { signal: this.closing.signal }).catch(() => undefined);
        return undefined;
      case 'hook':
        await fault.run();
        return undefined;
    }
  }
}

const TRUNCATED = new WeakSet<object>();

function spoilt(request: FastifyRequest, payload: unknown): unknown {
  return TRUNCATED.has(request.raw) && typeof payload === 'string'
    ? payload.slice(0, Math.floor(payload.length / 2))
    : payload;
}
