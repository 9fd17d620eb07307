import type { Reading } from '../readers/reading.js';

/** `read` is the sum of `imported` and `skippedTotal`; `skipped` holds the first 200 of these. */
export type ImportReport = Pick<Reading, 'read' | 'skipped' | 'skippedTotal'> & { imported: number };

export function reportOf({ read, tracks, skipped, skippedTotal }: Reading): ImportReport {
  return { read, imported: tracks.length, skipped, skippedTotal };
}
