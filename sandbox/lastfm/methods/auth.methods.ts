import { createHash } from 'node:crypto';

import { ApiError } from '../protocol/api-error.js';
import { element, texts, type Child } from '../protocol/element.js';
import { SandboxUser } from '../state/sandbox-user.js';
import type { ApiMethod, MethodCall } from './api-method.js';

export const TOKEN_LIFETIME_MS = 60 * 60_000;
const REFUSED_PASSWORD = 'wrong';

function getToken({ state, at }: MethodCall): Child[] {
  return [element('token', state.issueToken(at))];
}

/** A token is used up by the one call that succeeds; afterwards it is as good as never issued. */
function getSession({ state, params, at }: MethodCall): Child[] {
  const token = params.require('token');
  const known = state.findToken(token);
  if (!known || known.isUsed) {
    throw new ApiError(4, 'Unauthorized Token - This token has not been issued');
  }
  if (at.getTime() >= known.issuedAt.getTime() + TOKEN_LIFETIME_MS) {
    throw new ApiError(15);
  }
  if (known.username === null) {
    throw new ApiError(14);
  }
  return sessionOf(known.username, state.createSessionKey(known.username, token, at));
}

/** Any password opens an account, `wrong` alone does not; of an e-mail address the first part becomes the user name. */
function getMobileSession({ state, params, at }: MethodCall): Child[] {
  const login = params.require('username');
  const name = login.split('@')[0] ?? login;
  if (!SandboxUser.isName(name) || isRefused(login, params)) {
    throw new ApiError(4);
  }
  const key = state.createSessionKey(name, null, at);
  return sessionOf(state.user(name, at).name, key);
}

/** Older clients send `authToken = md5(username + md5(password))` in place of the password. */
function isRefused(login: string, params: MethodCall['params']): boolean {
  const authToken = params.find('authToken');
  if (authToken !== null) {
    return authToken.toLowerCase() === md5(login + md5(REFUSED_PASSWORD));
  }
  return params.require('password') === REFUSED_PASSWORD;
}

function sessionOf(name: string, key: string): Child[] {
  return [element('session', texts({ name, key, subscriber: 0 }))];
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

export const authMethods: Readonly<Record<string, ApiMethod>> = {
  'auth.gettoken': { access: 'signature', postOnly: false, answer: getToken },
  'auth.getsession': { access: 'signature', postOnly: false, answer: getSession },
  'auth.getmobilesession': { access: 'signature', postOnly: true, answer: getMobileSession },
};
