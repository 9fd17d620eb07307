import { Injectable, type PipeTransform } from '@nestjs/common';
import { validate } from 'uuid';

import { DomainError } from '../errors/domain-error.js';

class MalformedIdError extends DomainError {
  readonly code = 'malformed_id';
  readonly kind = 'invalid';

  constructor() {
    super('The id in the address is not a UUID.');
  }
}

/** An id in a path: refused here when it is no UUID, so that PostgreSQL never sees it. */
@Injectable()
export class RouteIdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!validate(value)) {
      throw new MalformedIdError();
    }
    return value.toLowerCase();
  }
}
