import { DomainError } from '../../common/errors/domain-error.js';
import { MAX_TRACKS } from './playlist-track.js';

const grouped = (count: number): string => count.toLocaleString('en');

/** Also for a playlist of someone else, so that ids cannot be probed. */
export class PlaylistNotFoundError extends DomainError {
  readonly code = 'playlist_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no such playlist, or it is not yours.');
  }
}

export class PlaylistChangedError extends DomainError {
  readonly code = 'playlist_changed';
  readonly kind = 'stale';

  constructor() {
    super('This playlist was changed elsewhere in the meantime. Load it again and repeat your change.');
  }
}

export class NothingToUndoError extends DomainError {
  readonly code = 'nothing_to_undo';
  readonly kind = 'conflict';

  constructor() {
    super('The tracks of this playlist were not changed yet, so there is nothing to undo.');
  }
}

export class PlaylistTooLongError extends DomainError {
  readonly code = 'playlist_too_long';
  readonly kind = 'invalid';

  /** @param what how the limit was passed, when it is not simply by the number of tracks */
  constructor(what = `This list has more than ${grouped(MAX_TRACKS)} tracks.`) {
    super(`${what} A playlist holds at most ${grouped(MAX_TRACKS)} tracks: split it into several.`);
  }
}
