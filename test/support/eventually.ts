import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until the answer is as expected or the deadline is over; for what another process does in its own time. */
export async function eventually<Result>(
  ask: () => Promise<Result> | Result,
  isExpected: (result: Result) => boolean,
  deadlineMs = 20_000,
): Promise<Result> {
  const until = performance.now() + deadlineMs;
  for (;;) {
    const result = await ask();
    if (isExpected(result)) {
      return result;
    }
    if (performance.now() > until) {
      throw new Error(`Not so within ${deadlineMs} ms; at last it was ${JSON.stringify(result)}`);
    }
    await pause(50);
  }
}
