import type { PROVENANCES, SCROBBLE_SOURCES } from '../../scrobbling/index.js';

/** What becomes of a delivery, as far as statistics tell one thing from another. */
export const OUTCOMES = [
  'waiting',
  'accepted',
  'ignored',
  'failed',
  'expired',
  'duplicate',
  'cancelled',
  'archived',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What is counted by day, month, year and for ever, and the words it is counted in. */
export interface FacetWords {
  source: (typeof SCROBBLE_SOURCES)[number];
  provenance: (typeof PROVENANCES)[number];
  delivery: Outcome;
  hour: string;
}
