import { DomainError } from '../../../common/errors/domain-error.js';

export class PlaylistImportNotFoundError extends DomainError {
  readonly code = 'playlist_import_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no such import, or it is not yours.');
  }
}

export class PlaylistImportUnderWayError extends DomainError {
  readonly code = 'playlist_import_under_way';
  readonly kind = 'conflict';

  constructor() {
    super('This playlist is being read already. Wait until that is done, or cancel it.');
  }
}

export class PlaylistImportOverError extends DomainError {
  readonly code = 'playlist_import_over';
  readonly kind = 'conflict';

  constructor() {
    super('This import is not at the point where that can be done. Load it again to see how it stands.');
  }
}

export class PlaylistHasNoSourceError extends DomainError {
  readonly code = 'playlist_has_no_source';
  readonly kind = 'conflict';

  constructor() {
    super('This playlist did not come from a link, so there is nothing to read it from again.');
  }
}

export class RefreshedPlaylistGoneError extends DomainError {
  readonly code = 'playlist_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('The playlist that was to be refreshed has been deleted.');
  }
}
