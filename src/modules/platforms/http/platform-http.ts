import { Injectable } from '@nestjs/common';

import type { PlatformName } from '../platform-playlist.js';
import { PlatformUnavailableError } from '../platforms.errors.js';

const TIMEOUT_MS = 10_000;

export interface PlatformReply {
  status: number;
  headers: Headers;
  /** Parsed JSON; null where there is none. */
  body: unknown;
}

export interface PlatformCall {
  accessToken?: string;
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
}

/** One GET to a platform. It never follows a redirect: what is sent along is for that host alone. */
@Injectable()
export class PlatformHttp {
  /** @throws PlatformUnavailableError when no whole answer comes within 10 seconds, or it is no JSON */
  async get(
    platform: PlatformName,
    address: string,
    { accessToken, signal }: PlatformCall = {},
  ): Promise<PlatformReply> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await fetch(address, {
        redirect: 'manual',
        headers: {
          accept: 'application/json',
          ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
        },
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      const text = await response.text();
      const isRefusal = response.status >= 400;
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' || isRefusal ? null : parse(text),
      };
    } catch {
      throw new PlatformUnavailableError(platform);
    }
  }
}

function parse(text: string): unknown {
  return JSON.parse(text);
}
