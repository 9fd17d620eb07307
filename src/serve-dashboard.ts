import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { AppConfig } from './config/app-config.js';

const BUILT_DASHBOARD = fileURLToPath(new URL('../web', import.meta.url));
/** Their names change with their contents, so a browser may keep them for ever. */
const HASHED_ASSETS = path.join(BUILT_DASHBOARD, 'assets');
const NOT_THE_DASHBOARD = /^\/(api|admin|2\.0|1)(\/|$|\?)/;

/** Serves the built dashboard at `/`, and its one page for every address that a browser opens inside it. */
export async function serveDashboard(app: NestFastifyApplication): Promise<void> {
  if (!existsSync(HASHED_ASSETS)) {
    return; // Not built, or run from its sources, beside which lie those of the dashboard: a test of the API.
  }
  const { publicUrl } = app.get(AppConfig);
  await app.register(fastifyStatic, {
    root: BUILT_DASHBOARD,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, file) => {
      const isHashed = file.startsWith(HASHED_ASSETS);
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app
    .getHttpAdapter()
    .getInstance()
    .get('/*', (request: FastifyRequest, reply: FastifyReply) => {
      if (NOT_THE_DASHBOARD.test(request.url) || !request.headers.accept?.includes('text/html')) {
        reply.callNotFound();
        return reply;
      }
      const elsewhere = canonicalAddress(request, publicUrl);
      if (elsewhere !== undefined) {
        return reply.redirect(elsewhere, 302);
      }
      return reply.sendFile('index.html');
    });
}

/**
 * On this machine `localhost` and `127.0.0.1` are two hosts to a browser, with a login cookie each: someone who opens the
 * one and comes back from Last.fm to the other would be a stranger. So there is one address.
 */
function canonicalAddress({ headers, url }: FastifyRequest, publicUrl: string): string | undefined {
  const { hostname, host } = new URL(publicUrl);
  const isLoopback = hostname === '127.0.0.1' && headers.host === host.replace('127.0.0.1', 'localhost');
  return isLoopback ? `${publicUrl}/${url.replace(/^\/+/, '')}` : undefined;
}
