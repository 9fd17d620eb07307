import type { AttemptProof } from './sign-in-attempts.service.js';

/** A browser's way to a provider and back, as far as one request knows it. */
export interface SignInTrip {
  proof: AttemptProof;
  /** For a user who is signed in and wants one more way in. */
  isLink: boolean;
  /** What it came back with; null while it sets out. */
  answer: URLSearchParams | null;
}
