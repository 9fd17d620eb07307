import { DomainError } from '../../../common/errors/domain-error.js';

export class RateLimitedError extends DomainError {
  readonly code = 'rate_limited';
  readonly kind = 'too-many';

  /** @param seconds until the next window */
  constructor(seconds: number) {
    super(`Too many requests. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`);
  }
}
