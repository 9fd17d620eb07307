import { z } from 'zod';

import { bareFailureOf } from './error-matrix.js';
import { LastfmCallError } from './lastfm-call-error.js';
import { wholeNumber } from './replies.js';

const errorBody = z.object({ error: wholeNumber, message: z.string().catch('') });

/**
 * Reads a reply body first: Last.fm's status codes are inconsistent, and an error may come with 200. What is not JSON
 * (an HTML page, half a document) says nothing about whether the call had its effect.
 * @throws LastfmCallError
 */
export function readReply(status: number, text: string): unknown {
  const body = parseJson(text);
  const failure = errorBody.safeParse(body);
  if (failure.success) {
    throw LastfmCallError.fromCode(failure.data.error, failure.data.message);
  }
  if (body === undefined || status >= 300) {
    throw LastfmCallError.bare(bareFailureOf(status, body !== undefined), status);
  }
  return body;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
