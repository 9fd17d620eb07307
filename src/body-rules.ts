import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

const KILOBYTE = 1024;
const MEGABYTE = 1024 * KILOBYTE;

/** The most any route takes: a playlist of 10,000 tracks, or its file. */
export const LARGEST_BODY = 10 * MEGABYTE;

/** The bytes of a body, by the route's address; the first that fits counts. */
const LIMITS: ReadonlyArray<[address: RegExp, bytes: number]> = [
  [/^\/api\/(lfm\/)?auth(\/|$)/, 16 * KILOBYTE],
  [/^\/api\/playlists(\/|$)/, LARGEST_BODY],
  [/^\/api\/scrobbles\/import$/, 101 * MEGABYTE],
  [/^\/api\/scrobbles(\/|$)/, 2 * MEGABYTE],
  [/^\/api\//, 256 * KILOBYTE],
  [/^\/admin(\/|$)/, 16 * KILOBYTE],
];

/** What only a program or our own pages can send: another site's form cannot, without the browser asking us first. */
const API_BODY = /^(application\/([\w.-]+\+)?json|multipart\/form-data)\s*(;|$)/i;

/** Which bodies are read at all: of which kind, and how large on which route. Call it before there are routes. */
export function limitBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', (route) => {
    route.bodyLimit = LIMITS.find(([address]) => address.test(route.url))?.[1] ?? LARGEST_BODY;
  });
  fastify.addHook('onRequest', (request, _reply, next) => {
    next(isForeignBody(request) ? Object.assign(new Error('Not a body of the API.'), { statusCode: 415 }) : undefined);
  });
}

function isForeignBody({ url, headers }: FastifyRequest): boolean {
  const type = headers['content-type'];
  return /^\/(admin\/)?api\//.test(url) && type !== undefined && !API_BODY.test(type);
}
