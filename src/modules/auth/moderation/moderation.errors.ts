import { DomainError } from '../../../common/errors/domain-error.js';

export class UserSuspendedError extends DomainError {
  readonly code = 'user_suspended';
  readonly kind = 'forbidden';

  constructor() {
    super('This account is suspended. Ask whoever runs this installation why.');
  }
}

/** Otherwise the last administrator could lock everyone out. */
export class OwnAccountError extends DomainError {
  readonly code = 'own_account';
  readonly kind = 'conflict';

  constructor() {
    super('This is your own account. Ask another administrator to do this.');
  }
}

export class HigherRoleError extends DomainError {
  readonly code = 'higher_role';
  readonly kind = 'forbidden';

  constructor() {
    super('Only administrators may do this to a moderator or an administrator.');
  }
}

export class UserGoneError extends DomainError {
  readonly code = 'user_gone';
  readonly kind = 'not-found';

  constructor() {
    super('This user is not there any more.');
  }
}
