import { DomainError } from '../../../common/errors/domain-error.js';

export class NothingPlaysError extends DomainError {
  readonly code = 'nothing_plays';
  readonly kind = 'conflict';

  constructor() {
    super('Nothing plays here. Use /play to start something.');
  }
}

export class QueueFullError extends DomainError {
  readonly code = 'queue_full';
  readonly kind = 'conflict';

  constructor(most: number) {
    super(`The queue holds at most ${most} tracks. Wait until some have played, or remove some.`);
  }
}

export class QueuePlaceError extends DomainError {
  readonly code = 'queue_place_unknown';
  readonly kind = 'not-found';

  constructor(length: number) {
    super(length === 0 ? 'The queue is empty.' : `The queue has places 1 to ${length}. See /queue.`);
  }
}
