import '@fastify/cookie';

import type { FastifyReply, FastifyRequest } from 'fastify';

import type { AppConfig } from '../../../config/app-config.js';

/** `sid` holds a login, `second_factor` a sign-in that still wants a code. */
const NAMES = { login: 'sid', challenge: 'second_factor' } as const;
type CookieFor = keyof typeof NAMES;

export function readLoginCookie(
  request: FastifyRequest,
  config: AppConfig,
  what: CookieFor = 'login',
): string | undefined {
  return request.cookies[nameFor(what, config)];
}

export function setLoginCookie(
  reply: FastifyReply,
  { token, expiresAt }: { token: string; expiresAt: Date },
  config: AppConfig,
  what: CookieFor = 'login',
): void {
  reply.setCookie(nameFor(what, config), token, { ...scopeOf(config), expires: expiresAt });
}

export function clearLoginCookie(reply: FastifyReply, config: AppConfig, what: CookieFor = 'login'): void {
  reply.clearCookie(nameFor(what, config), scopeOf(config));
}

/** With this prefix a browser takes the cookie from our host alone and over https alone: no neighbour can plant one. */
function nameFor(what: CookieFor, config: AppConfig): string {
  return isHttps(config) ? `__Host-${NAMES[what]}` : NAMES[what];
}

/** Only over https where people open us over https; on a loopback address browsers have no https. */
function scopeOf(config: AppConfig) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps(config) } as const;
}

function isHttps({ publicUrl }: AppConfig): boolean {
  return publicUrl.startsWith('https:');
}
