/** What of a verdict says which scrobble it is about. */
interface Timed {
  /** Unix seconds of the play, as Last.fm repeats them; some answer without. */
  timestamp?: number | undefined;
}

/**
 * Last.fm answers in the order of the request, so a verdict belongs to the scrobble of its place; where the repeated
 * timestamps say otherwise, they decide. Plays of one second keep their order.
 * @param sent unix seconds of the plays, in the order of the request
 * @returns a verdict for each, in that order; null if they cannot be told apart for certain
 */
export function matchVerdicts<Verdict extends Timed>(
  sent: readonly number[],
  verdicts: readonly Verdict[],
): Verdict[] | null {
  if (sent.length !== verdicts.length) {
    return null;
  }
  if (verdicts.every(({ timestamp }, index) => !timestamp || timestamp === sent[index])) {
    return [...verdicts];
  }
  const left = [...verdicts];
  const matched = sent.flatMap((second) => {
    const at = left.findIndex(({ timestamp }) => timestamp === second);
    return at < 0 ? [] : left.splice(at, 1);
  });
  return left.length === 0 ? matched : null;
}
