import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { ConsentError, type Consent, type ConsentRequest } from '../consent.js';
import { FlatParameters } from '../protocol/flat-parameters.js';
import { accessGiven, accessNotGiven, consentForm, consentProblem } from './consent.page.js';
import { sendPage } from '../../pages/layout.js';
import type { Html } from '../../pages/html.js';

const PATHS = ['/api/auth', '/api/auth/'];

/** Where an application sends its user to be asked. */
export function registerConsentRoutes(server: FastifyInstance, consent: Consent): void {
  const handle = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const params = FlatParameters.of(request.url, request.body);
    const asked = readRequest(consent, params);
    if (asked instanceof ConsentError) {
      return show(reply, 403, 'Not allowed', consentProblem(asked.message));
    }
    if (request.method !== 'POST') {
      return show(reply, 200, 'Connect', consentForm(asked, apiKeyOf(params)));
    }
    if (params.find('decision') === 'allow') {
      return allow(consent, asked, params, reply);
    }
    return show(reply, 200, 'Access was not given', accessNotGiven(asked));
  };
  for (const url of PATHS) {
    server.route({ method: ['GET', 'POST'], url, handler: handle });
  }
}

function readRequest(consent: Consent, params: FlatParameters): ConsentRequest | ConsentError {
  try {
    return consent.read(params);
  } catch (error) {
    return requireConsentError(error);
  }
}

function allow(consent: Consent, asked: ConsentRequest, params: FlatParameters, reply: FastifyReply): FastifyReply {
  const username = params.find('username')?.trim() ?? '';
  try {
    const { redirectTo } = consent.grant(asked, username);
    return redirectTo === null
      ? show(reply, 200, 'Access was given', accessGiven(username))
      : reply.redirect(redirectTo, 302);
  } catch (error) {
    const refused = { name: username, why: requireConsentError(error).message };
    return show(reply, 400, 'Connect', consentForm(asked, apiKeyOf(params), refused));
  }
}

function requireConsentError(error: unknown): ConsentError {
  if (error instanceof ConsentError) {
    return error;
  }
  throw error;
}

function show(reply: FastifyReply, status: number, title: string, body: Html): FastifyReply {
  return sendPage(reply, status, { title, host: 'Last.fm', body, isNarrow: true });
}

function apiKeyOf(params: FlatParameters): string {
  return params.find('api_key') ?? '';
}
