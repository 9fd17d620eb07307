import { DomainError } from '../../common/errors/domain-error.js';
import { LABEL_OF, type PlatformName } from './platform-playlist.js';

const HOW_TO_COPY = 'Open the playlist at Deezer or Spotify, choose "Share", copy the link and paste it here.';

export class LinkNotUnderstoodError extends DomainError {
  readonly code = 'link_not_understood';
  readonly kind = 'invalid';

  constructor() {
    super(`This is no link to a playlist that we know. ${HOW_TO_COPY}`);
  }
}

export class LinkNotAPlaylistError extends DomainError {
  readonly code = 'link_not_a_playlist';
  readonly kind = 'invalid';

  /** @param what the platform's word for it, such as "album" */
  constructor(what: string) {
    super(`This link leads to something else (${what}), not to a playlist. ${HOW_TO_COPY}`);
  }
}

export class PlatformPlaylistNotFoundError extends DomainError {
  readonly code = 'platform_playlist_not_found';
  readonly kind = 'not-found';

  constructor(platform: PlatformName) {
    super(`${LABEL_OF[platform]} has no such playlist, or it is private. Make it public there, or check the link.`);
  }
}

/** Passing: the same will be done if it is asked for later. */
export abstract class PlatformPassingError extends DomainError {
  readonly kind = 'unavailable';
}

/** Too many requests, as they say or as we count. */
export class PlatformBusyError extends PlatformPassingError {
  readonly code = 'platform_busy';

  /** @param until when to ask again */
  constructor(
    platform: PlatformName,
    readonly until: Date,
  ) {
    super(`${LABEL_OF[platform]} asks us to slow down. Try again after ${until.toISOString().slice(11, 19)} UTC.`);
  }
}

export class PlatformUnavailableError extends PlatformPassingError {
  readonly code = 'platform_unavailable';

  constructor(platform: PlatformName) {
    super(`${LABEL_OF[platform]} does not answer at the moment. Try again in a few minutes.`);
  }
}

export class SpotifyNotConfiguredError extends DomainError {
  readonly code = 'spotify_not_configured';
  readonly kind = 'conflict';

  constructor() {
    super('Spotify is not set up here: whoever runs this installation has to set SPOTIFY_CLIENT_ID.');
  }
}

export class SpotifyNotConnectedError extends DomainError {
  readonly code = 'spotify_not_connected';
  readonly kind = 'conflict';

  constructor() {
    super('No Spotify account is connected. Connect yours first; it takes a minute.');
  }
}

export class SpotifyExpiredError extends DomainError {
  readonly code = 'spotify_expired';
  readonly kind = 'conflict';

  constructor() {
    super('Spotify no longer lets us in: it ends every connection after six months. Connect your account again.');
  }
}

/** Since 2026 Spotify hands out the contents of one's own playlists only. */
export class SpotifyForeignPlaylistError extends DomainError {
  readonly code = 'spotify_foreign_playlist';
  readonly kind = 'forbidden';

  constructor() {
    super(
      'Spotify hands out only playlists that you own or work on together with others. For this one, save it as a file ' +
        '(for example with Exportify) and import the file, or copy its songs into a playlist of your own.',
    );
  }
}

/** Spotify lets apps in development serve five accounts, which its dashboard names. */
export class SpotifyRefusedError extends DomainError {
  readonly code = 'spotify_refused';
  readonly kind = 'forbidden';

  constructor() {
    super(
      'Spotify does not let us in with this account. Whoever runs this installation has to add it to the users of the app ' +
        "in Spotify's developer dashboard, and needs Spotify Premium themselves.",
    );
  }
}

export class SpotifyConnectCancelledError extends DomainError {
  readonly code = 'spotify_connect_cancelled';
  readonly kind = 'conflict';

  constructor() {
    super('You did not agree at Spotify, so nothing was connected.');
  }
}

export class SpotifyConnectForeignError extends DomainError {
  readonly code = 'spotify_connect_foreign';
  readonly kind = 'forbidden';

  constructor() {
    super('This answer of Spotify belongs to another browser, to someone else, or to an earlier try. Connect again.');
  }
}

export class SpotifyConnectRefusedError extends DomainError {
  readonly code = 'spotify_connect_refused';
  readonly kind = 'upstream';

  constructor() {
    super('Spotify did not confirm the connection. Connect again.');
  }
}
