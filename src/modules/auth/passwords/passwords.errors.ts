import { DomainError } from '../../../common/errors/domain-error.js';

const WRONG = 'This is not your current password.';

export class WrongPasswordError extends DomainError {
  readonly code = 'wrong_password';
  readonly kind = 'invalid';
  override readonly problems = [{ path: 'currentPassword', message: WRONG }];

  constructor() {
    super(WRONG);
  }
}

export class NoPasswordError extends DomainError {
  readonly code = 'no_password';
  readonly kind = 'conflict';

  constructor() {
    super('You sign in without a password here, so there is none to change.');
  }
}

export class ResetLinkOverError extends DomainError {
  readonly code = 'reset_link_over';
  readonly kind = 'invalid';

  constructor() {
    super('This link does not work any more: it was used, or is older than 60 minutes. Ask for a new one.');
  }
}

/** The same for every address. */
export class MailIsOffError extends DomainError {
  readonly code = 'mail_is_off';
  readonly kind = 'conflict';

  constructor() {
    super('This installation sends no mail. Ask whoever runs it for a link that sets a new password.');
  }
}

export class PasswordExistsError extends DomainError {
  readonly code = 'password_exists';
  readonly kind = 'conflict';

  constructor() {
    super('You have a password already. Change it instead.');
  }
}

/** Said to whoever knows the password, which someone else knows too. */
export class PasswordChangeRequiredError extends DomainError {
  readonly code = 'password_change_required';
  readonly kind = 'forbidden';

  constructor() {
    super(
      'Someone else may know this password, so it no longer signs anyone in. Set a new one in the settings of a browser ' +
        'that is still signed in, or ask for a link to reset it.',
    );
  }
}
