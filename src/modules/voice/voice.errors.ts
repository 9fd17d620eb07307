import { DomainError } from '../../common/errors/domain-error.js';

export class PlaybackNotFoundError extends DomainError {
  readonly code = 'playback_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('There is no such playback.');
  }
}

export class RoomNotFoundError extends DomainError {
  readonly code = 'room_not_found';
  readonly kind = 'not-found';

  constructor() {
    super('Nothing has played there while you were in the channel.');
  }
}

export class AlreadyDecidedError extends DomainError {
  readonly code = 'already_decided';
  readonly kind = 'conflict';

  constructor() {
    super('It is too late for this track: it has been decided on. A scrobble can be deleted on Last.fm.');
  }
}

export class PlaybackTooOldError extends DomainError {
  readonly code = 'playback_too_old';
  readonly kind = 'invalid';

  constructor() {
    super('A playback must be told of within an hour of its start, so that it can be known who was linked then.');
  }
}

export class EventOutOfTimeError extends DomainError {
  readonly code = 'event_out_of_time';
  readonly kind = 'invalid';

  constructor() {
    super('An event cannot lie before the start of its playback, nor in the future. Check the clock of your machine.');
  }
}
