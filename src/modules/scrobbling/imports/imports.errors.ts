import { DomainError } from '../../../common/errors/domain-error.js';

export class HistoryFormatUnknownError extends DomainError {
  readonly code = 'history_format_unknown';
  readonly kind = 'invalid';

  constructor() {
    super(
      'This is no listening history we know. Bring a .scrobbler.log, the streaming history of Spotify, an export of ' +
        'ListenBrainz, Last.fm or Maloja, a watch history of YouTube Music, or a CSV with artist, title and time.',
    );
  }
}

export class HistoryBrokenError extends DomainError {
  readonly code = 'history_broken';
  readonly kind = 'invalid';

  /** @param what the beginning of the sentence: what is wrong with it */
  constructor(what: string, cause?: unknown) {
    super(`${what}. Export it once more and try again.`);
    this.cause = cause;
  }
}

export class ImportNotFoundError extends DomainError {
  readonly code = 'import_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no such import.');
  }
}

export class ImportUnderWayError extends DomainError {
  readonly code = 'import_under_way';
  readonly kind = 'conflict';

  constructor() {
    super('Another import of yours is still under way. Wait until it is done, or cancel it.');
  }
}

export class IllegalImportTransitionError extends DomainError {
  readonly code = 'illegal_import_transition';
  readonly kind = 'conflict';

  constructor(from: string, wish: string) {
    super(`An import that is ${from} cannot be ${wish}.`);
  }
}
