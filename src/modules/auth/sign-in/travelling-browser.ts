import '@fastify/cookie';

import type { FastifyReply, FastifyRequest } from 'fastify';

import type { AppConfig } from '../../../config/app-config.js';
import { newOpaqueToken } from '../guard/opaque-token.js';
import { ATTEMPT_LIFETIME_MS } from './sign-in-attempts.service.js';

const SECRET = /^[\w-]{43}$/;

/**
 * The secret by which a browser is known again when it comes back, in a cookie that only we see. Attempts in several tabs
 * share it: each has a state of its own.
 */
export function markBrowser(request: FastifyRequest, reply: FastifyReply, config: AppConfig): string {
  const known = markOf(request, config);
  const secret = SECRET.test(known) ? known : newOpaqueToken().token;
  reply.setCookie(nameFor(config), secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(config),
    maxAge: ATTEMPT_LIFETIME_MS / 1000,
  });
  return secret;
}

/** Empty for a browser that was never sent anywhere. */
export function markOf(request: FastifyRequest, config: AppConfig): string {
  return request.cookies[nameFor(config)] ?? '';
}

/** With this prefix no neighbouring host can plant the cookie. */
function nameFor(config: AppConfig): string {
  return isHttps(config) ? '__Host-sign_in' : 'sign_in';
}

function isHttps({ publicUrl }: AppConfig): boolean {
  return publicUrl.startsWith('https:');
}
