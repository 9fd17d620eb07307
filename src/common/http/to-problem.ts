import { STATUS_CODES } from 'node:http';

import { HttpException } from '@nestjs/common';
import { ZodValidationException } from 'nestjs-zod';
import { ZodError } from 'zod';

import { isUserGone } from '../database/is-user-gone.js';
import { isUnstorableText } from '../database/is-unstorable-text.js';
import { DomainError, type DomainErrorKind, type InputProblem } from '../errors/domain-error.js';
import { inputProblems } from './input-problems.js';
import type { ProblemDto } from './problem.dto.js';

const STATUS_OF: Record<DomainErrorKind, number> = {
  'not-found': 404,
  conflict: 409,
  stale: 412,
  'precondition-required': 428,
  forbidden: 403,
  unauthenticated: 401,
  invalid: 422,
  malformed: 400,
  'too-large': 413,
  'too-many': 429,
  unsupported: 415,
  upstream: 502,
  unavailable: 503,
};

/** Codes and sentences for what the framework refuses before our code sees the request. */
const FRAMEWORK_REFUSALS: Record<number, { code: string; detail: string }> = {
  400: { code: 'bad_request', detail: 'The request could not be read. Check that the body is well-formed JSON.' },
  404: { code: 'route_not_found', detail: 'There is nothing at this address.' },
  405: { code: 'method_not_allowed', detail: 'This address does not answer that method.' },
  408: { code: 'request_timeout', detail: 'The request took too long to arrive. Try again.' },
  413: { code: 'body_too_large', detail: 'The request is larger than allowed. Send less at once.' },
  414: { code: 'address_too_long', detail: 'The address is too long.' },
  415: { code: 'unsupported_media_type', detail: 'This content type is not accepted here. Send application/json.' },
  429: { code: 'rate_limited', detail: 'Too many requests. Wait a little and try again.' },
  431: { code: 'headers_too_large', detail: 'The request headers are too large.' },
};

type ProblemBody = Omit<ProblemDto, 'requestId'>;

function problem(status: number, code: string, detail: string, errors?: readonly InputProblem[]): ProblemBody {
  return {
    type: `urn:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    ...(errors && { errors: [...errors] }),
  };
}

function fromValidation(error: ZodValidationException): ProblemBody {
  const cause = error.getZodError();
  const errors = inputProblems(cause instanceof ZodError ? cause.issues : []);
  return problem(422, 'invalid_input', 'Some of what was sent is not valid; see errors.', errors);
}

/** The status that Fastify's own errors (body too large, broken JSON) carry. */
function frameworkStatus(error: unknown): number | undefined {
  if (error instanceof HttpException) {
    return error.getStatus();
  }
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}

function fromFramework(status: number | undefined): ProblemBody {
  const refusal = status === undefined ? undefined : FRAMEWORK_REFUSALS[status];
  if (status !== undefined && refusal) {
    return problem(status, refusal.code, refusal.detail);
  }
  if (status !== undefined && status < 500) {
    return problem(status, 'bad_request', FRAMEWORK_REFUSALS[400]?.detail ?? '');
  }
  return problem(500, 'internal_error', 'Something went wrong on our side. It has been logged; please try again.');
}

/** Words any thrown thing as a problem document. What we did not expect says nothing about our insides. */
export function toProblem(error: unknown): ProblemBody {
  if (error instanceof DomainError) {
    return problem(STATUS_OF[error.kind], error.code, error.message, error.problems);
  }
  if (error instanceof ZodValidationException) {
    return fromValidation(error);
  }
  if (isUnstorableText(error)) {
    return problem(422, 'invalid_input', 'The text holds a character that cannot be stored, such as NUL. Remove it.');
  }
  if (isUserGone(error)) {
    return problem(401, 'not_signed_in', 'This account has been deleted.');
  }
  return fromFramework(frameworkStatus(error));
}
