import { setTimeout } from 'node:timers/promises';

export const pause = (milliseconds: number): Promise<void> => setTimeout(milliseconds);

/** Asks again every few milliseconds until the answer is yes, and says whether that came in time. */
export async function becomesTrue(
  condition: () => boolean | Promise<boolean>,
  timing: { withinMs: number; everyMs?: number },
): Promise<boolean> {
  const end = performance.now() + timing.withinMs;
  while (!(await condition())) {
    if (performance.now() > end) {
      return false;
    }
    await pause(timing.everyMs ?? 20);
  }
  return true;
}
