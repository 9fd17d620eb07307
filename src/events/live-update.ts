/** What a browser is told: which of the things it shows have changed. It fetches what it wants to know of them. */
export type LiveUpdate =
  | { kind: 'run'; ids: readonly string[] }
  | { kind: 'scrobble'; ids: readonly string[] }
  | { kind: 'import'; ids: readonly string[] }
  | { kind: 'playlist-import'; ids: readonly string[] }
  | { kind: 'lastfm-account' }
  | { kind: 'platform-account' }
  | { kind: 'notification' }
  /** The user themselves: two became one, so everything shown may be another. */
  | { kind: 'user' }
  | { kind: 'data-export' };
