import { DomainError } from '../../common/errors/domain-error.js';

export class NotSignedInError extends DomainError {
  readonly code = 'not_signed_in';
  readonly kind = 'unauthenticated';

  constructor() {
    super('Sign in first, or send a personal token as "Authorization: Bearer …".');
  }
}

/** Said to both browsers: the one that signed in and the one that used its cookie. */
export class LoginEndedError extends DomainError {
  readonly code = 'login_ended';
  readonly kind = 'unauthenticated';

  constructor() {
    super('This login was used from another browser than the one that signed in, so it was ended. Sign in again.');
  }
}

export class LoginNotFoundError extends DomainError {
  readonly code = 'login_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no such login. Perhaps it has ended already.');
  }
}

export class LoginIsCurrentError extends DomainError {
  readonly code = 'login_is_current';
  readonly kind = 'conflict';

  constructor() {
    super('This is the browser you are asking from. To end its login, sign out.');
  }
}

export class InvalidTokenError extends DomainError {
  readonly code = 'invalid_token';
  readonly kind = 'unauthenticated';

  constructor() {
    super('This personal token is not known, or was revoked. Make a new one in the settings.');
  }
}

export class MissingScopeError extends DomainError {
  readonly code = 'missing_scope';
  readonly kind = 'forbidden';

  constructor(scope: string) {
    super(`This personal token may not do that: it lacks the scope "${scope}".`);
  }
}

/** For what a browser left open must not be enough for, said to people who have no password to show. */
export class FreshLoginRequiredError extends DomainError {
  readonly code = 'fresh_login_required';
  readonly kind = 'forbidden';

  constructor() {
    super('To be sure that it is you, sign in once more, and do this within 10 minutes.');
  }
}

export class LoginRequiredError extends DomainError {
  readonly code = 'login_required';
  readonly kind = 'forbidden';

  constructor() {
    super('A personal token cannot do this. Sign in with your browser.');
  }
}

const WHO_MAY = { moderator: 'moderators and administrators', admin: 'administrators' } as const;

export class RoleRequiredError extends DomainError {
  readonly code = 'role_required';
  readonly kind = 'forbidden';

  constructor(role: keyof typeof WHO_MAY) {
    super(`Only ${WHO_MAY[role]} may do this.`);
  }
}

export class InvalidBotKeyError extends DomainError {
  readonly code = 'invalid_bot_key';
  readonly kind = 'unauthenticated';

  constructor() {
    super('This bot key is not known, or was revoked. Ask whoever runs this installation for a new one.');
  }
}

export class BotKeyRequiredError extends DomainError {
  readonly code = 'bot_key_required';
  readonly kind = 'unauthenticated';

  constructor() {
    super('This address is for bots: send a bot key as "X-Bot-Key: …". A login or a personal token does not open it.');
  }
}

export class BotKeyNotAcceptedError extends DomainError {
  readonly code = 'bot_key_not_accepted';
  readonly kind = 'forbidden';

  constructor() {
    super('A bot key does not open this address. Sign in, or send a personal token and no bot key.');
  }
}

export class BotKeyNotFoundError extends DomainError {
  readonly code = 'bot_key_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no such bot key.');
  }
}

export class CrossSiteRequestError extends DomainError {
  readonly code = 'cross_site_request';
  readonly kind = 'forbidden';

  constructor() {
    super('This request came from another web site and was refused.');
  }
}

/** The same for an unknown address and a wrong password, so that nobody can find out who has an account. */
export class WrongCredentialsError extends DomainError {
  readonly code = 'wrong_credentials';
  readonly kind = 'unauthenticated';

  constructor() {
    super('This e-mail address and password do not match an account.');
  }
}

export class EmailTakenError extends DomainError {
  readonly code = 'email_taken';
  readonly kind = 'conflict';

  constructor() {
    super('There is an account with this e-mail address already. Sign in instead.');
  }
}

/** Said to whoever runs the installation, never over HTTP. */
export class UserNotFoundError extends DomainError {
  readonly code = 'user_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('Nobody signs in with this e-mail address, and nobody has this id.');
  }
}

export class TokenNotFoundError extends DomainError {
  readonly code = 'token_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no such personal token.');
  }
}
