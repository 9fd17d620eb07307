import { DomainError } from '../../common/errors/domain-error.js';

export class ScrobbleNotFoundError extends DomainError {
  readonly code = 'scrobble_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no such scrobble.');
  }
}

export class PlayedInFutureError extends DomainError {
  readonly code = 'played_at_in_future';
  readonly kind = 'invalid';

  constructor() {
    super('A scrobble cannot start in the future. Check playedAt and its time zone.');
  }
}

export class PlayedTooEarlyError extends DomainError {
  readonly code = 'played_at_too_early';
  readonly kind = 'invalid';

  constructor() {
    super('A scrobble cannot have started before 1970. Check the year in playedAt.');
  }
}

export class ScrobbleRunNotFoundError extends DomainError {
  readonly code = 'scrobble_run_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no such run.');
  }
}

export class ScrobbleRunAlreadyActiveError extends DomainError {
  readonly code = 'scrobble_run_already_active';
  readonly kind = 'conflict';

  constructor() {
    super('You already have a run in progress. Stop it before you start another.');
  }
}

export class IllegalRunTransitionError extends DomainError {
  readonly code = 'illegal_run_transition';
  readonly kind = 'conflict';

  constructor(from: string, to: string) {
    super(`A run that is ${from} cannot become ${to}.`);
  }
}

export class ScrobbleRunOverError extends DomainError {
  readonly code = 'scrobble_run_over';
  readonly kind = 'conflict';

  constructor() {
    super('This run is over and cannot be changed. Start a new one.');
  }
}

export class PlaylistEmptyError extends DomainError {
  readonly code = 'playlist_empty';
  readonly kind = 'conflict';

  constructor() {
    super('This playlist has no tracks. Add some first.');
  }
}

export class ScrobblingDisabledError extends DomainError {
  readonly code = 'scrobbling_disabled';
  readonly kind = 'conflict';

  constructor() {
    super('Scrobbling is switched off for your Last.fm account. Switch it on first.');
  }
}

export class DailyBudgetSpentError extends DomainError {
  readonly code = 'daily_budget_spent';
  readonly kind = 'conflict';

  constructor(until: Date) {
    const moment = until.toISOString().slice(0, 16).replace('T', ' ');
    super(
      `Your Last.fm account has had all the automatic scrobbles of this day. The run goes on by itself at ${moment} UTC.`,
    );
  }
}

export class ScrobbleNotResendableError extends DomainError {
  readonly code = 'scrobble_not_resendable';
  readonly kind = 'conflict';

  constructor(state: string) {
    super(
      `Only a scrobble that failed, was ignored or is missing on the profile can be sent again; this one is ${state}.`,
    );
  }
}

export class ScrobbleTooOldError extends DomainError {
  readonly code = 'scrobble_too_old';
  readonly kind = 'conflict';

  constructor() {
    super('This play is older than 14 days, and Last.fm takes none that is. It stays in your history as it is.');
  }
}

export class SamePlayScrobbledError extends DomainError {
  readonly code = 'same_play_scrobbled';
  readonly kind = 'conflict';

  constructor() {
    super('The same track was scrobbled within 30 seconds of this play, so sending it again would count it twice.');
  }
}
