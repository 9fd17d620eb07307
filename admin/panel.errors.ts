import { DomainError } from '../src/common/errors/domain-error.js';

export class NothingInPanelError extends DomainError {
  readonly code = 'route_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('There is nothing at this address.');
  }
}
