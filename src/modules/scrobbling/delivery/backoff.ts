const FIRST_SECONDS = 5;
const LONGEST_SECONDS = 15 * 60;

/** How long a lane waits after this many passing failures in a row: 5 s, doubling to 15 minutes. */
export function backoffSeconds(failures: number): number {
  return Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** Math.max(0, Math.min(failures, 20) - 1));
}
