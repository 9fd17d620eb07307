import { DomainError } from '../../../common/errors/domain-error.js';

export class MusicUnavailableError extends DomainError {
  readonly code = 'music_unavailable';
  readonly kind = 'unavailable';

  constructor() {
    super('The music player does not answer at the moment. Please try again in a minute.');
  }
}

export class NothingFoundError extends DomainError {
  readonly code = 'nothing_found';
  readonly kind = 'not-found';

  constructor() {
    super('Nothing was found. Try the artist and the title, or a link.');
  }
}

export class NothingToPlayError extends DomainError {
  readonly code = 'nothing_to_play';
  readonly kind = 'invalid';

  constructor() {
    super('Say what to play: a search, a link, or one of your playlists.');
  }
}

export class OutsideServerError extends DomainError {
  readonly code = 'outside_server';
  readonly kind = 'conflict';

  constructor() {
    super('Music plays in servers. Use this command in one.');
  }
}

export class NotInVoiceChannelError extends DomainError {
  readonly code = 'not_in_voice_channel';
  readonly kind = 'conflict';

  constructor(isElsewhere: boolean) {
    super(
      isElsewhere ? 'Join the voice channel in which the music plays.' : 'Join a voice channel first, then try again.',
    );
  }
}

export class DjOnlyError extends DomainError {
  readonly code = 'dj_only';
  readonly kind = 'forbidden';

  constructor() {
    super('Others are listening: only a DJ or a manager of this server may do that. /skip asks for a vote.');
  }
}

export class NotSeekableError extends DomainError {
  readonly code = 'not_seekable';
  readonly kind = 'invalid';

  constructor() {
    super('Say a place within the track, such as 1:30.');
  }
}

export class TrackOverError extends DomainError {
  readonly code = 'track_over';
  readonly kind = 'conflict';

  constructor() {
    super('That track is over. Use the buttons of the latest message.');
  }
}
