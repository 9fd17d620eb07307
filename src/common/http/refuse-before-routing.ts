import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

import type { FastifyReply, FastifyRequest } from 'fastify';

import { toProblem } from './to-problem.js';

const PROBLEM_TYPE = 'application/problem+json';
const STATUS_OF: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/** An address that no route can be found for: a broken %-escape, or one that is too long. */
export function refuseAddress(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const body = { ...toProblem(error), requestId: request.id };
  void reply.status(body.status).type(PROBLEM_TYPE).send(body);
}

/** What is not even HTTP, or has too many headers: there is no request, only the socket. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (socket.writable && error.code !== 'ECONNRESET') {
    const body = toProblem({ statusCode: STATUS_OF[error.code ?? ''] ?? 400 });
    const text = JSON.stringify(body);
    const head = [
      `HTTP/1.1 ${body.status} ${STATUS_CODES[body.status] ?? ''}`,
      'Connection: close',
      `Content-Type: ${PROBLEM_TYPE}`,
      `Content-Length: ${Buffer.byteLength(text)}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${text}`);
  }
  socket.destroy(error);
}
