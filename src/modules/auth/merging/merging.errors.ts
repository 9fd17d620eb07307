import { DomainError } from '../../../common/errors/domain-error.js';

export class UserMergeNotFoundError extends DomainError {
  readonly code = 'user_merge_not_found';
  readonly kind = 'not-found';

  constructor() {
    super(
      'Nothing waits to be merged here. To merge another account into this one, add its way to sign in to this one in the settings.',
    );
  }
}

export class UserMergeExpiredError extends DomainError {
  readonly code = 'user_merge_expired';
  readonly kind = 'conflict';

  constructor() {
    super('This took longer than 15 minutes. Start again: connect the other way to sign in once more.');
  }
}

export class UserMergeDoneError extends DomainError {
  readonly code = 'user_merge_done';
  readonly kind = 'conflict';

  constructor() {
    super('These two accounts have been merged already. Everything is in the account you are signed in to.');
  }
}

/** Someone who is signed in as the user elsewhere has not proven to be the other one. */
export class ForeignUserMergeError extends DomainError {
  readonly code = 'user_merge_foreign';
  readonly kind = 'forbidden';

  constructor() {
    super('Only the browser in which you signed in to both accounts can merge them.');
  }
}

export class PrivilegedUserMergeError extends DomainError {
  readonly code = 'user_merge_privileged';
  readonly kind = 'conflict';

  constructor() {
    super(
      'The other account is a moderator or an administrator, and its rights cannot be moved. Sign in to it, and merge this one into it from there.',
    );
  }
}

/** A suspension is not got around by becoming somebody else. */
export class SuspendedUserMergeError extends DomainError {
  readonly code = 'user_merge_suspended';
  readonly kind = 'conflict';

  constructor() {
    super('The other account is suspended and cannot be merged. Ask the people who run this installation.');
  }
}

export class GuardedUserMergeError extends DomainError {
  readonly code = 'user_merge_second_factor';
  readonly kind = 'conflict';

  constructor() {
    super(
      'The other account has a second factor. Sign in to it, and merge this one into it from there, or switch its second factor off first.',
    );
  }
}
