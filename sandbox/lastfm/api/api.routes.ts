import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { FlatParameters } from '../protocol/flat-parameters.js';
import type { Answer } from './answer.js';
import type { FaultyApi } from './faulty-api.js';

const PATHS = ['/2.0', '/2.0/'];
const OPEN_TO_ALL_ORIGINS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, GET, OPTIONS',
  'access-control-max-age': '86400',
};

/** `/2.0` and `/2.0/`, by GET and POST, from any web page. */
export function registerApiRoutes(server: FastifyInstance, api: FaultyApi): void {
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const params = FlatParameters.of(request.url, request.body);
    const origin = `${request.protocol}://${request.host}`;
    const reaction = await api.react({ params, origin, isPost: request.method === 'POST' });
    switch (reaction.kind) {
      case 'answer':
        return send(reply, reaction.answer);
      case 'cut':
        return sendHalf(reply, reaction.answer);
      case 'disconnect':
        reply.hijack();
        request.raw.socket.destroy();
        return reply;
    }
  };
  for (const url of PATHS) {
    server.route({ method: ['GET', 'POST'], url, handler: handle });
    server.options(url, (_request, reply) => reply.headers(OPEN_TO_ALL_ORIGINS).code(204).send());
  }
}

function send(reply: FastifyReply, { status, contentType, body }: Answer): FastifyReply {
  return reply.headers(OPEN_TO_ALL_ORIGINS).code(status).header('content-type', contentType).send(body);
}

/** Announces the whole body, sends the first half, and hangs up when that has left. */
function sendHalf(reply: FastifyReply, { status, contentType, body }: Answer): FastifyReply {
  const bytes = Buffer.from(body);
  reply.hijack();
  reply.raw.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length });
  reply.raw.write(bytes.subarray(0, bytes.length / 2), () => {
    reply.raw.destroy();
  });
  return reply;
}
