import fastify, { type FastifyInstance } from 'fastify';

import { registerApiRoutes } from './api/api.routes.js';
import type { FaultyApi } from './api/faulty-api.js';
import type { Consent } from './consent.js';
import { registerConsentRoutes } from './pages/consent.routes.js';
import { registerListenerRoutes } from './pages/listener.routes.js';
import type { LastfmState } from './state/lastfm-state.js';

const MAX_BODY_BYTES = 4 * 1024 * 1024;

interface ServerParts {
  readonly state: LastfmState;
  readonly api: FaultyApi;
  readonly consent: Consent;
  readonly now: () => Date;
}

/** The HTTP server with all routes. Forms arrive as they were sent; of any other body nothing is read. */
export function createServer({ state, api, consent, now }: ServerParts): FastifyInstance {
  const server = fastify({ logger: { level: 'error' }, bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => {
    done(null, '');
  });
  server.get('/sandbox/health', () => ({ sandbox: 'lastfm' }));
  registerApiRoutes(server, api);
  registerConsentRoutes(server, consent);
  registerListenerRoutes(server, state, now);
  return server;
}
