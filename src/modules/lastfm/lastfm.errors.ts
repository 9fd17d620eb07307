import { DomainError } from '../../common/errors/domain-error.js';

export class LastfmAccountNotLinkedError extends DomainError {
  readonly code = 'lastfm_account_not_linked';

  /** @param kind `not-found` where the account itself was asked for, `conflict` where it is needed for something else */
  constructor(readonly kind: 'not-found' | 'conflict' = 'conflict') {
    super('No Last.fm account is linked. Link yours first.');
  }
}

export class LastfmKeyRejectedError extends DomainError {
  readonly code = 'lastfm_key_rejected';
  readonly kind = 'conflict';

  constructor() {
    super('Last.fm no longer accepts our access to your account. Link it again; nothing that is waiting is lost.');
  }
}

export class LastfmUsernameTakenError extends DomainError {
  readonly code = 'lastfm_username_taken';
  readonly kind = 'conflict';

  constructor(username: string) {
    super(
      `The Last.fm account ${username} is linked to another user here. If that is you too, sign in to one of the two and link Last.fm from there: you can then merge them. If not, it has to be disconnected there first.`,
    );
  }
}

export class LastfmUsernameDiffersError extends DomainError {
  readonly code = 'lastfm_username_differs';
  readonly kind = 'conflict';

  constructor(linked: string, offered: string) {
    super(
      `Your Last.fm account here is ${linked}, but ${offered} answered. Say whether it takes the place of ${linked}, or disconnect ${linked} first.`,
    );
  }
}

/** Two users become one, each with a Last.fm account, and it was not said which one stays. */
export class LastfmAccountChoiceError extends DomainError {
  readonly code = 'lastfm_account_choice_needed';
  readonly kind = 'conflict';

  constructor(usernames: readonly string[]) {
    super(
      usernames.length === 2
        ? `Both have a Last.fm account: say whether ${usernames.join(' or ')} stays linked.`
        : 'The Last.fm accounts have changed meanwhile. Load the page again and look at what would stay linked.',
    );
  }
}

export class LastfmUnavailableError extends DomainError {
  readonly code = 'lastfm_unavailable';
  readonly kind = 'upstream';

  constructor() {
    super('Last.fm does not answer properly at the moment. Please try again in a few minutes.');
  }
}

export class HandshakeNotFoundError extends DomainError {
  readonly code = 'lastfm_handshake_unknown';
  readonly kind = 'not-found';

  constructor() {
    super('This Last.fm link was not started here. Start again from the Last.fm page.');
  }
}

export class HandshakeExpiredError extends DomainError {
  readonly code = 'lastfm_handshake_expired';
  readonly kind = 'conflict';

  constructor() {
    super('Linking took longer than 60 minutes. Start again from the Last.fm page.');
  }
}

export class HandshakeUsedError extends DomainError {
  readonly code = 'lastfm_handshake_used';
  readonly kind = 'conflict';

  constructor() {
    super('This Last.fm link was used already. Start again if your account is not linked.');
  }
}

export class LastfmAccessDeniedError extends DomainError {
  readonly code = 'lastfm_access_denied';
  readonly kind = 'forbidden';

  constructor() {
    super('Last.fm did not confirm the access. Start again and press "Yes, allow access" there.');
  }
}

/** The browser that came back from Last.fm is not the one that is confirming now. */
export class ForeignConfirmationError extends DomainError {
  readonly code = 'lastfm_confirmation_foreign';
  readonly kind = 'forbidden';

  constructor() {
    super('Only the browser that came back from Last.fm can confirm this link.');
  }
}
