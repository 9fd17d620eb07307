import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Html } from '../../pages/html.js';
import { sendPage } from '../../pages/layout.js';
import { authorizeForm, authorizeProblem } from './authorize.page.js';
import { ConsentError, type OAuthGrants } from './oauth-grants.js';

const BEARER = /^Bearer (\S+)$/;
const UNAUTHORIZED = { message: '401: Unauthorized', code: 0 };

/** The consent page, the token endpoint and the profile that goes with a token. */
export function registerOAuthRoutes(server: FastifyInstance, grants: OAuthGrants): void {
  server.route({
    method: ['GET', 'POST'],
    url: '/oauth2/authorize',
    handler: (request, reply) => authorize(grants, request, reply),
  });
  server.post('/api/oauth2/token', (request, reply) => {
    const form = new URLSearchParams((request.body ?? {}) as Record<string, string>);
    const { status, body } = grants.redeem(form, clientOf(request, form));
    return reply.code(status).send(body);
  });
  for (const url of ['/api/users/@me', '/api/v10/users/@me']) {
    server.get(url, (request, reply) => {
      const user = grants.userOf(BEARER.exec(request.headers.authorization ?? '')?.[1] ?? '');
      return user ?? reply.code(401).send(UNAUTHORIZED);
    });
  }
}

function authorize(grants: OAuthGrants, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { decision, username = '' } = (request.body ?? {}) as { decision?: string; username?: string };
  try {
    const asked = grants.read(new URL(request.url, 'http://sandbox').searchParams);
    if (decision === 'deny') {
      return reply.redirect(grants.deny(asked), 302);
    }
    if (decision !== 'allow') {
      return show(reply, 200, authorizeForm(asked));
    }
    return allow(grants, asked, username.trim(), reply);
  } catch (error) {
    return show(reply, 400, authorizeProblem(requireConsentError(error).message));
  }
}

function allow(
  grants: OAuthGrants,
  asked: ReturnType<OAuthGrants['read']>,
  username: string,
  reply: FastifyReply,
): FastifyReply {
  try {
    return reply.redirect(grants.allow(asked, username), 302);
  } catch (error) {
    return show(reply, 400, authorizeForm(asked, { name: username, why: requireConsentError(error).message }));
  }
}

/** By HTTP Basic or in the body, as Discord takes both. */
function clientOf({ headers }: FastifyRequest, form: URLSearchParams): { id: string; secret: string } {
  const basic = /^Basic (\S+)$/.exec(headers.authorization ?? '')?.[1];
  if (basic === undefined) {
    return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
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
  return sendPage(reply, status, { title: 'Authorize', host: 'Discord', body, isNarrow: true });
}
