import { DomainError } from '../../../common/errors/domain-error.js';

export class SignInNotConfiguredError extends DomainError {
  readonly code = 'sign_in_not_configured';
  readonly kind = 'not-found';

  constructor() {
    super('This way to sign in is not set up here. See /api/auth/providers for those that are.');
  }
}

/** Made up, or used before. */
export class SignInUnknownError extends DomainError {
  readonly code = 'sign_in_unknown';
  readonly kind = 'conflict';

  constructor() {
    super('This sign-in was not started here, or it was used already. Start again.');
  }
}

export class SignInExpiredError extends DomainError {
  readonly code = 'sign_in_expired';
  readonly kind = 'conflict';

  constructor() {
    super('Signing in took longer than 30 minutes. Start again.');
  }
}

/** Somebody else's address, opened here; or the person in front of this browser has changed. */
export class SignInForeignError extends DomainError {
  readonly code = 'sign_in_foreign';
  readonly kind = 'forbidden';

  constructor() {
    super('This was started in another browser, or as another user. Start again in this one.');
  }
}

export class SignInCancelledError extends DomainError {
  readonly code = 'sign_in_cancelled';
  readonly kind = 'forbidden';

  constructor() {
    super('You did not allow it there, so nothing has changed here.');
  }
}

export class SignInRefusedError extends DomainError {
  readonly code = 'sign_in_refused';
  readonly kind = 'forbidden';

  constructor() {
    super('It was not confirmed who you are. Start again; if that does not help, use another way to sign in.');
  }
}

export class SignInUnavailableError extends DomainError {
  readonly code = 'sign_in_unavailable';
  readonly kind = 'unavailable';

  constructor() {
    super('This way to sign in does not answer at the moment. Try again in a few minutes, or use another one.');
  }
}

export class IdentityOfAnotherUserError extends DomainError {
  readonly code = 'identity_belongs_to_another_user';
  readonly kind = 'conflict';

  constructor() {
    super('Another user here signs in with this already.');
  }
}
