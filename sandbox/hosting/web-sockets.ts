import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

import type { FastifyInstance } from 'fastify';
import { type WebSocket, WebSocketServer } from 'ws';

interface SocketTaker {
  readonly path: string;
  /** An HTTP status to refuse the upgrade with, or null. */
  refuse?(request: IncomingMessage): number | null;
  /** Further header lines of the answer to the upgrade. */
  headers?(request: IncomingMessage): string[];
  take(socket: WebSocket, request: IncomingMessage): void;
}

/** Lets a stand-in take WebSockets at one path, and ends them when it closes. */
export function takeWebSockets(http: FastifyInstance, taker: SocketTaker): void {
  const sockets = new WebSocketServer({ noServer: true });
  sockets.on('headers', (lines, request) => lines.push(...(taker.headers?.(request) ?? [])));
  http.server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    const isHere = new URL(request.url ?? '/', 'http://sandbox').pathname === taker.path;
    const refusal = isHere ? (taker.refuse?.(request) ?? null) : 404;
    if (refusal !== null) {
      connection.end(`HTTP/1.1 ${refusal} ${STATUS_CODES[refusal] ?? 'Error'}\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, connection, head, (socket) => {
      taker.take(socket, request);
    });
  });
  http.addHook('preClose', (done) => {
    sockets.clients.forEach((socket) => {
      socket.terminate();
    });
    done();
  });
}
