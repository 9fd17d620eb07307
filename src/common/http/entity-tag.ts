import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

import { DomainError } from '../errors/domain-error.js';
import { parseIfMatch, type VersionCondition } from './if-match.js';

class IfMatchMissingError extends DomainError {
  readonly code = 'if_match_missing';
  readonly kind = 'precondition-required';

  constructor() {
    super('Say which version you are changing: send the ETag that you were answered as If-Match.');
  }
}

class IfMatchMalformedError extends DomainError {
  readonly code = 'if_match_malformed';
  readonly kind = 'malformed';

  constructor() {
    super('If-Match is to hold an ETag as you were answered it, with its quotation marks: "3".');
  }
}

interface Versioned {
  version: number;
}

@Injectable()
class EntityTagInterceptor implements NestInterceptor<Versioned, Versioned> {
  intercept(context: ExecutionContext, next: CallHandler<Versioned>): Observable<Versioned> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer) => {
        void reply.header('etag', `"${answer.version}"`);
        return answer;
      }),
    );
  }
}

/** A route whose answer has a `version`: it goes out as the ETag (RFC 9110, 8.8.3) too. */
export const AnswersEntityTag = () => UseInterceptors(EntityTagInterceptor);

/** A route that changes what has a version: only the one in `If-Match`, and the answer has the new one as its ETag. */
export const ChangesVersion = () =>
  applyDecorators(
    AnswersEntityTag(),
    ApiHeader({
      name: 'If-Match',
      required: true,
      description: 'The ETag of what you are changing. 428 when it is missing, 412 when there is a newer version.',
    }),
  );

/**
 * The versions that the caller's change may be made on.
 *
 * @throws IfMatchMissingError, IfMatchMalformedError
 */
export const IfMatch = createParamDecorator((_data: unknown, context: ExecutionContext): VersionCondition => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined) {
    throw new IfMatchMissingError();
  }
  const condition = parseIfMatch(header);
  if (condition === null) {
    throw new IfMatchMalformedError();
  }
  return condition;
});
