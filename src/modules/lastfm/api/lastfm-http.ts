import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { AppConfig } from '../../../config/app-config.js';
import { LastfmCallError } from './lastfm-call-error.js';
import { lastfmSignature } from './lastfm-signature.js';
import { readReply } from './read-reply.js';

/** Last.fm asks to be told who calls. */
const USER_AGENT = 'UniversalScrobbler/0.1 (+https://github.com/universal-scrobbler/universal-scrobbler)';

/** Failures before anything was sent: whatever was asked for has not happened. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const SECRET_PARAMS = ['sk', 'token'];

/** One signed POST to Last.fm, and every failure as a LastfmCallError. Knows no methods. */
@Injectable()
export class LastfmHttp {
  constructor(private readonly config: AppConfig) {}

  /**
   * @param signal ends the call before its own time is over
   * @throws LastfmCallError, also when the reply does not have the shape we know
   */
  async call<Schema extends z.ZodType>(
    method: string,
    params: Readonly<Record<string, string>>,
    reply: Schema,
    signal?: AbortSignal,
  ): Promise<z.output<Schema>> {
    const { apiKey, apiSecret } = this.config.lastfm;
    const signed: Record<string, string> = { ...params, method, api_key: apiKey };
    const form = new URLSearchParams({ ...signed, api_sig: lastfmSignature(signed, apiSecret), format: 'json' });
    const { status, text } = await this.post(form, signal);
    const secrets = [apiSecret, ...SECRET_PARAMS.flatMap((name) => params[name] ?? [])];
    const parsed = reply.safeParse(readReply(status, without(secrets, text)));
    if (!parsed.success) {
      throw LastfmCallError.bare('unknown-form', status);
    }
    return parsed.data;
  }

  private async post(form: URLSearchParams, signal?: AbortSignal): Promise<{ status: number; text: string }> {
    try {
      const response = await fetch(this.config.lastfm.apiUrl, {
        method: 'POST',
        body: form,
        headers: { 'user-agent': USER_AGENT, accept: 'application/json' },
        // The form holds a session key: it goes to Last.fm and nowhere else.
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(this.config.lastfm.timeoutMs), ...(signal ? [signal] : [])]),
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      throw fromNetwork(error);
    }
  }
}

/** A refusal that repeats what we sent ends up in columns and log lines; what must not be there is taken out here. */
function without(secrets: readonly string[], text: string): string {
  return secrets.reduce((rest, secret) => (secret === '' ? rest : rest.replaceAll(secret, '[left out]')), text);
}

function fromNetwork(error: unknown): LastfmCallError {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  const options = { cause: error };
  if (NEVER_SENT.has(cause?.code ?? '')) {
    return LastfmCallError.bare('never-connected', undefined, options);
  }
  return LastfmCallError.bare(name === 'TimeoutError' ? 'timed-out' : 'connection-lost', undefined, options);
}
