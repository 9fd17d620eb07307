export type DomainErrorKind =
  | 'not-found'
  | 'conflict'
  | 'stale'
  | 'precondition-required'
  | 'forbidden'
  | 'unauthenticated'
  | 'invalid'
  | 'malformed'
  | 'too-large'
  | 'too-many'
  | 'unsupported'
  | 'upstream'
  | 'unavailable';

/** One thing that is wrong with the input, and where it stands in it (`tracks.3.title`). */
export interface InputProblem {
  path: string;
  message: string;
}

/**
 * A refusal that a person can act on. Services throw these and nothing else; each interface (REST, Discord, admin)
 * decides how to say it. `code` is part of the public API: never reuse or rename one.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  abstract readonly kind: DomainErrorKind;
  readonly problems?: readonly InputProblem[];
}
