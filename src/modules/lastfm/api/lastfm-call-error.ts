import { BARE_FAILURES, type BareFailure, type LastfmFailure, meaningOfCode } from './error-matrix.js';

/** A Last.fm call that did not succeed. The message never holds the session key or the secret. */
export class LastfmCallError extends Error {
  constructor(
    readonly failure: LastfmFailure,
    /** Last.fm's own number, where it gave one. */
    readonly code: number | null,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Last.fm refused the call with a number. */
  static fromCode(code: number, message: string): LastfmCallError {
    return new LastfmCallError(meaningOfCode(code, message), code, `Last.fm error ${code}: ${message}`);
  }

  /** Nothing with a number came back. @param status of the answer, if there was one */
  static bare(kind: BareFailure, status?: number, options?: ErrorOptions): LastfmCallError {
    const { means, says } = BARE_FAILURES[kind];
    return new LastfmCallError(means, null, status === undefined ? says : `${says} (HTTP ${status})`, options);
  }
}
