import '@fastify/cookie';

import type { FastifyReply, FastifyRequest } from 'fastify';

import type { AppConfig } from '../../../config/app-config.js';
import { MERGE_LIFETIME_MS } from './user-merges.service.js';
import type { ProposedMerge } from './user-merges.service.js';

/** Held by the browser in which the person proved to be both users, and by no other. */
const MERGE_COOKIE = 'merge_confirmation';
const MERGE_PATH = '/api/me/merges';

/** Lets this browser confirm the merge. @returns the page to send it to, where the person is asked */
export function offerMerge({ id, confirmation }: ProposedMerge, reply: FastifyReply, config: AppConfig): string {
  reply.setCookie(MERGE_COOKIE, confirmation, {
    path: MERGE_PATH,
    httpOnly: true,
    sameSite: 'lax',
    secure: config.publicUrl.startsWith('https:'),
    maxAge: MERGE_LIFETIME_MS / 1000,
  });
  return `/account/merge/${id}`;
}

export function mergeConfirmationOf(request: FastifyRequest): string {
  return request.cookies[MERGE_COOKIE] ?? '';
}

export function clearMergeCookie(reply: FastifyReply): void {
  reply.clearCookie(MERGE_COOKIE, { path: MERGE_PATH });
}
