import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Html } from '../pages/html.js';
import { sendPage } from '../pages/layout.js';
import { authorizeForm, authorizeProblem } from './authorize.page.js';
import { ConsentError, type ConsentRequest, type SpotifyGrants } from './spotify-grants.js';

/** accounts.spotify.com: the consent page and the token endpoint. */
export function registerAccountRoutes(server: FastifyInstance, grants: SpotifyGrants): void {
  server.route({
    method: ['GET', 'POST'],
    url: '/authorize',
    handler: (request, reply) => authorize(grants, request, reply),
  });
  server.post('/api/token', (request, reply) => {
    const form = new URLSearchParams((request.body ?? {}) as Record<string, string>);
    const { status, body } = grants.grant(form, clientOf(request, form));
    return reply.code(status).send(body);
  });
}

function authorize(grants: SpotifyGrants, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { decision, username = '' } = (request.body ?? {}) as { decision?: string; username?: string };
  let asked: ConsentRequest;
  try {
    asked = grants.read(new URL(request.url, 'http://sandbox').searchParams);
  } catch (error) {
    return show(reply, 400, authorizeProblem(requireConsentError(error).message));
  }
  if (decision === 'deny') {
    return reply.redirect(grants.deny(asked), 302);
  }
  if (decision !== 'allow') {
    return show(reply, 200, authorizeForm(asked));
  }
  try {
    return reply.redirect(grants.allow(asked, username.trim()), 302);
  } catch (error) {
    return show(reply, 400, authorizeForm(asked, { name: username, why: requireConsentError(error).message }));
  }
}

/** By HTTP Basic with the secret, or by name alone where the app uses PKCE. */
function clientOf({ headers }: FastifyRequest, form: URLSearchParams): { id: string; secret: string | null } {
  const basic = /^Basic (\S+)$/.exec(headers.authorization ?? '')?.[1];
  if (basic === undefined) {
    return { id: form.get('client_id') ?? '', secret: form.get('client_secret') };
  }
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent);
  return { id, secret };
}

function requireConsentError(error: unknown): ConsentError {
  if (error instanceof ConsentError) {
    return error;
  }
  throw error;
}

function show(reply: FastifyReply, status: number, body: Html): FastifyReply {
  return sendPage(reply, status, { title: 'Connect', host: 'Spotify', body, isNarrow: true });
}
