import '@fastify/cookie';

import type { FastifyReply, FastifyRequest } from 'fastify';

import type { AppConfig } from '../../../config/app-config.js';

const LOGIN_COOKIE = 'sid';

export function readLoginCookie(request: FastifyRequest, config: AppConfig): string | undefined {
  return request.cookies[nameFor(config)];
}

export function setLoginCookie(reply: FastifyReply, token: string, expires: Date, config: AppConfig): void {
  reply.setCookie(nameFor(config), token, { ...scopeOf(config), expires });
}

export function clearLoginCookie(reply: FastifyReply, config: AppConfig): void {
  reply.clearCookie(nameFor(config), scopeOf(config));
}

/** With this prefix a browser takes the cookie from our host alone and over https alone: no neighbour can plant one. */
function nameFor(config: AppConfig): string {
  return isHttps(config) ? `__Host-${LOGIN_COOKIE}` : LOGIN_COOKIE;
}

/** Only over https where people open us over https; on a loopback address browsers have no https. */
function scopeOf(config: AppConfig) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps(config) } as const;
}

function isHttps({ publicUrl }: AppConfig): boolean {
  return publicUrl.startsWith('https:');
}
