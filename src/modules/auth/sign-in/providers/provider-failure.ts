import * as openid from 'openid-client';

import { SignInRefusedError, SignInUnavailableError } from '../sign-in.errors.js';

/** Codes of openid-client that mean: nobody there, or nobody who speaks OAuth. */
const UNAVAILABLE = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_PARSE_ERROR',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
]);

/** Words whatever goes wrong between a provider and us: it does not answer, or it refused what the browser brought. */
export function providerFailure(error: unknown): unknown {
  if (isSilence(error)) {
    return new SignInUnavailableError();
  }
  return isRefusal(error) ? new SignInRefusedError() : error;
}

function isSilence(error: unknown): boolean {
  if (isConnectionLost(error)) {
    return true;
  }
  if (error instanceof openid.ClientError) {
    return UNAVAILABLE.has(error.code ?? '') || isConnectionLost(error.cause);
  }
  return error instanceof openid.ResponseBodyError && error.status >= 500;
}

/** What `fetch` throws, by itself or wrapped by the library. */
function isConnectionLost(error: unknown): boolean {
  return (error as { message?: unknown } | null | undefined)?.message === 'fetch failed';
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof openid.ClientError ||
    error instanceof openid.ResponseBodyError ||
    error instanceof openid.AuthorizationResponseError ||
    error instanceof openid.WWWAuthenticateChallengeError
  );
}

/** What may be logged of it: no code, token or address that a browser brought. */
export function inWords(error: unknown): string {
  if (!(error instanceof Error)) {
    return 'unknown';
  }
  const { code, error: said } = error as { code?: unknown; error?: unknown };
  return [error.name, code, said].filter((part) => typeof part === 'string').join(' ');
}
