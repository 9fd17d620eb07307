import { DomainError } from '../../../common/errors/domain-error.js';

const WRONG = 'This code is not right, or was used already. Wait for the next one in your authenticator app.';

export class WrongCodeError extends DomainError {
  readonly code = 'wrong_code';
  readonly kind = 'invalid';
  override readonly problems = [{ path: 'code', message: WRONG }];

  constructor() {
    super(WRONG);
  }
}

export class SecondFactorBlockedError extends DomainError {
  readonly code = 'second_factor_blocked';
  readonly kind = 'too-many';

  constructor() {
    super('There were too many wrong codes. Use one of your recovery codes, or try again later.');
  }
}

export class LoginChallengeOverError extends DomainError {
  readonly code = 'login_challenge_over';
  readonly kind = 'unauthenticated';

  constructor() {
    super('This sign-in took too long. Sign in again.');
  }
}

export class SecondFactorOnError extends DomainError {
  readonly code = 'second_factor_on';
  readonly kind = 'conflict';

  constructor() {
    super('Your second factor is on already. Switch it off first to set it up anew.');
  }
}

export class SecondFactorOffError extends DomainError {
  readonly code = 'second_factor_off';
  readonly kind = 'conflict';

  constructor() {
    super('No second factor is being set up or used. Begin setting it up.');
  }
}

/** Said to moderators and administrators. */
export class SecondFactorRequiredError extends DomainError {
  readonly code = 'second_factor_required';
  readonly kind = 'forbidden';

  constructor() {
    super('Moderators and administrators need a second factor for this. Set it up in your settings.');
  }
}
