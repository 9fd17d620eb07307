import { texts } from '../texts';

interface FieldProblem {
  path: string;
  message: string;
}

/** A refusal or failure in the server's own words; its message is the sentence for people. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly fields: readonly FieldProblem[] = [],
  ) {
    super(detail);
  }
}

/** Reads what the server sent as an error; anything that is no problem document gets a sentence of ours. */
export function toApiProblem(status: number, body: unknown): ApiProblem {
  if (typeof body === 'object' && body !== null && 'code' in body && 'detail' in body) {
    const { code, detail, errors } = body as { code: string; detail: string; errors?: FieldProblem[] };
    return new ApiProblem(status, code, detail, errors);
  }
  const isGateway = status >= 502 && status <= 504;
  return new ApiProblem(status, 'unknown', isGateway ? texts.problems.noConnection : texts.problems.unexpected);
}

/** The sentence to show for whatever was thrown. */
export function problemSentence(error: unknown): string {
  return error instanceof ApiProblem ? error.message : texts.problems.unexpected;
}

/** The server understood and said no: asking again in the same words changes nothing. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ApiProblem && error.status >= 400 && error.status < 500;
}

/** Nobody is signed in in this browser, or no longer. */
export function isSignedOut(error: unknown): boolean {
  return hasCode(error, 'not_signed_in') || hasCode(error, 'login_ended');
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof ApiProblem && error.code === code;
}
