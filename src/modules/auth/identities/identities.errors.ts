import { DomainError } from '../../../common/errors/domain-error.js';

export class IdentityNotFoundError extends DomainError {
  readonly code = 'identity_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no such way to sign in. Perhaps it was removed already.');
  }
}

export class LastIdentityError extends DomainError {
  readonly code = 'last_identity';
  readonly kind = 'conflict';

  constructor() {
    super('This is your last way to sign in. Add another one first, or you could not come back.');
  }
}
