import { DomainError } from '../../../common/errors/domain-error.js';

export class DataExportNotFoundError extends DomainError {
  readonly code = 'export_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no export of your data. Ask for one; it is kept for a day.');
  }
}

export class DataExportNotReadyError extends DomainError {
  readonly code = 'export_not_ready';
  readonly kind = 'conflict';

  constructor() {
    super('Your export is not ready yet. Look again in a moment.');
  }
}

export class DataExportFailedError extends DomainError {
  readonly code = 'export_failed';
  readonly kind = 'conflict';

  constructor() {
    super('Your export could not be made. Ask for it again.');
  }
}
