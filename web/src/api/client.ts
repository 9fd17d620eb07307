import createClient from 'openapi-fetch';

import { texts } from '../texts';
import { browserFingerprint } from './browser-fingerprint';
import { ApiProblem, toApiProblem } from './problem';
import type { paths } from './schema.generated';

export const api = createClient<paths>({ fetch: reachableFetch });

interface Answered<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What the server answered, or a thrown {@link ApiProblem}. */
export async function answer<T>(call: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) {
    throw toApiProblem(response.status, error);
  }
  return data as T;
}

/** `fetch` with the browser's fingerprint, saying in our words when the server could not be reached at all. */
export async function reachableFetch(request: Request): Promise<Response> {
  const fingerprint = await browserFingerprint();
  if (fingerprint !== null) {
    request.headers.set('x-browser-fingerprint', fingerprint);
  }
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }
    throw new ApiProblem(0, 'no_connection', texts.problems.noConnection);
  }
}
